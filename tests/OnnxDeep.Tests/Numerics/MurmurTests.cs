using System.Text;

using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Numerics;

public sealed class MurmurTests
{
    // From spaCy's documentation of its StringStore.
    [Fact]
    public void HashOfCoffeeIsWhatSpacyDocuments() =>
        Assert.Equal(3197928453018144401UL, Murmur.Hash64A(Encoding.UTF8.GetBytes("coffee")));

    [Theory]
    [InlineData("")]
    [InlineData("abcdefgh")]
    [InlineData("abcdefghi")]
    public void EveryTailLengthGivesItsOwnHash(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);

        Assert.NotEqual(Murmur.Hash64A(bytes), Murmur.Hash64A([.. bytes, 0]));
    }
}
