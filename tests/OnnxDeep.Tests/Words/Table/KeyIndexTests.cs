using System.Numerics;
using System.Text;

using OnnxDeep.Numerics;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Table;

public sealed class KeyIndexTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(5, 8)]
    [InlineData(6, 16)]
    [InlineData(12, 32)]
    [InlineData(1_500_000_000, 1L << 31)]
    public void SlotsAreAPowerOfTwoAboveFourThirdsOfTheKeys(int keys, long slots) =>
        Assert.Equal(slots, KeyIndex.SlotCount(keys));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(100)]
    [InlineData(1000)]
    public void SlotsAreThoseOfAddingTheKeysInOrder(int count)
    {
        byte[][] keys = [.. Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetBytes($"key {i}"))];
        using var index = new KeyIndex();
        for (int i = 0; i < count; i++)
        {
            Assert.True(index.TryAdd(keys[i], 2 * i));
            Assert.False(index.TryAdd(keys[i], 7));
        }

        // The format according to its description: linear probing starting at the hash, number plus one.
        uint[] slots = new uint[Math.Max(2, BitOperations.RoundUpToPowerOf2((uint)((((count + 1) * 4L) / 3) + 1)))];
        for (int i = 0; i < count; i++)
        {
            int slot = (int)(WordHash.Murmur64A(keys[i]) % (ulong)slots.Length);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) % slots.Length;
            }

            slots[slot] = (uint)i + 1;
        }

        Assert.Equal(slots, index.Slots.ToArray());
        Assert.Equal(count, index.Count);
        Assert.Equal(Enumerable.Range(0, count).Select(i => 2 * (uint)i), index.Rows.ToArray());
        Assert.Equal(keys.SelectMany(key => key), index.Bytes.ToArray());
        Assert.Equal(count + 1, index.Offsets.Length);
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(keys[i], index.Bytes[(int)index.Offsets[i]..(int)index.Offsets[i + 1]].ToArray());
        }
    }

    [Fact]
    public void KeyWithoutANameIsFFAndTheHash()
    {
        byte[] key = new byte[StoredKey.NamelessLength];
        StoredKey.WriteNameless(0x0102030405060708, key);

        Assert.Equal([0xFF, 8, 7, 6, 5, 4, 3, 2, 1], key);
        Assert.True(StoredKey.IsNameless(key));
        Assert.Equal(0x0102030405060708UL, StoredKey.Hash(key));
    }

    [Fact]
    public void OtherKeysHaveNamesAndTheirOwnHash()
    {
        byte[] longer = [0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9];
        byte[] shorter = [0xFF, 1, 2, 3, 4, 5, 6, 7];
        Assert.All(
            [longer, shorter, "ninebytes"u8.ToArray(), []],
            key =>
            {
                Assert.False(StoredKey.IsNameless(key));
                Assert.Equal(WordHash.Murmur64A(key), StoredKey.Hash(key));
            });
    }

    [Fact]
    public void StoredKeyMatchesItsBytesOrItsHash()
    {
        ulong hash = WordHash.Murmur64A("coffee"u8);
        byte[] nameless = new byte[StoredKey.NamelessLength];
        StoredKey.WriteNameless(hash, nameless);

        Assert.True(StoredKey.Matches("coffee"u8, "coffee"u8, hash));
        Assert.True(StoredKey.Matches(nameless, "coffee"u8, hash));
        Assert.False(StoredKey.Matches(nameless, "tea"u8, WordHash.Murmur64A("tea"u8)));

        // The same hash, but another key.
        Assert.False(StoredKey.Matches("tea"u8, "coffee"u8, WordHash.Murmur64A("tea"u8)));
    }
}
