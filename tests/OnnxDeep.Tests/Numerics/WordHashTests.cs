using System.Text;

using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Numerics;

public sealed class WordHashTests
{
    // From the documentation of spaCy's StringStore.
    [Fact]
    public void HashOfCoffeeIsWhatSpacyDocuments() =>
        Assert.Equal(3197928453018144401UL, WordHash.Murmur64A(Encoding.UTF8.GetBytes("coffee")));

    [Theory]
    [InlineData("")]
    [InlineData("abcdefgh")]
    [InlineData("abcdefghi")]
    public void EveryTailLengthGivesItsOwnHash(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        Assert.NotEqual(WordHash.Murmur64A(bytes), WordHash.Murmur64A([.. bytes, 0]));
    }

    // The result of Appleby's own test program, SMHasher: the hash of the hashes of 256 keys with 256 seeds.
    [Fact]
    public void HashesGiveTheVerificationValuesOfTheirAuthor()
    {
        byte[] keys = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] short64 =
        [
            .. keys.SelectMany(i => BitConverter.GetBytes(WordHash.Murmur64A(keys.AsSpan(0, i), 256UL - i))),
        ];
        byte[] long128 = [.. keys.SelectMany(i => Bytes(WordHash.Murmur3X64(keys.AsSpan(0, i), 256u - i)))];

        Assert.Equal(0x1F0D3804u, (uint)WordHash.Murmur64A(short64, 0));
        Assert.Equal(0x6384BA69u, (uint)WordHash.Murmur3X64(long128, 0).Low);
    }

    private static byte[] Bytes((ulong Low, ulong High) hash) =>
        [.. BitConverter.GetBytes(hash.Low), .. BitConverter.GetBytes(hash.High)];
}
