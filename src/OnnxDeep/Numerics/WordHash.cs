using System.Buffers.Binary;
using System.Numerics;

namespace OnnxDeep.Numerics;

/// <summary>
/// Hashes of words: fastText's FNV-1a for n-grams; Appleby's MurmurHash64A, which spaCy uses for its strings and
/// our table for its index; and MurmurHash3, which floret uses for n-grams.
/// </summary>
internal static class WordHash
{
    private const ulong M = 0xC6A4A7935BD1E995;
    private const ulong C1 = 0x87C37B91114253D5;
    private const ulong C2 = 0x4CF5AD432745937F;
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The 64-bit hash of <paramref name="data"/>; spaCy's seed is 1.</summary>
    public static ulong Murmur64A(ReadOnlySpan<byte> data, ulong seed = 1)
    {
        ulong hash = seed ^ ((ulong)data.Length * M);
        while (data.Length >= 8)
        {
            ulong k = BinaryPrimitives.ReadUInt64LittleEndian(data) * M;
            k ^= k >> 47;
            hash = (hash ^ (k * M)) * M;
            data = data[8..];
        }

        if (!data.IsEmpty)
        {
            for (int i = data.Length - 1; i >= 0; i--)
            {
                hash ^= (ulong)data[i] << (8 * i);
            }

            hash *= M;
        }

        hash ^= hash >> 47;
        hash *= M;
        return hash ^ (hash >> 47);
    }

    /// <summary>MurmurHash3 for x64: the two halves of 128 bits.</summary>
    public static (ulong Low, ulong High) Murmur3X64(ReadOnlySpan<byte> data, uint seed)
    {
        ulong low = seed;
        ulong high = seed;
        ulong length = (ulong)data.Length;
        while (data.Length >= 16)
        {
            low ^= MixLow(BinaryPrimitives.ReadUInt64LittleEndian(data));
            low = ((BitOperations.RotateLeft(low, 27) + high) * 5) + 0x52DCE729;
            high ^= MixHigh(BinaryPrimitives.ReadUInt64LittleEndian(data[8..]));
            high = ((BitOperations.RotateLeft(high, 31) + low) * 5) + 0x38495AB5;
            data = data[16..];
        }

        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        data.CopyTo(tail);

        // A half of zeros mixes to zero, so a short tail only changes the half that it reaches.
        high ^= MixHigh(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]));
        low ^= MixLow(BinaryPrimitives.ReadUInt64LittleEndian(tail));
        low ^= length;
        high ^= length;
        low += high;
        high += low;
        low = Finish(low);
        high = Finish(high);
        low += high;
        return (low, high + low);
    }

    /// <summary>
    /// 32-bit FNV-1a as fastText computes it: bytes above 127 are sign-extended, which fastText's files depend on.
    /// </summary>
    public static uint Fnv1A(ReadOnlySpan<byte> data)
    {
        uint hash = OffsetBasis;
        foreach (byte value in data)
        {
            hash = (hash ^ (uint)(sbyte)value) * Prime;
        }

        return hash;
    }

    private static ulong MixLow(ulong k) => BitOperations.RotateLeft(k * C1, 31) * C2;

    private static ulong MixHigh(ulong k) => BitOperations.RotateLeft(k * C2, 33) * C1;

    private static ulong Finish(ulong k)
    {
        k = (k ^ (k >> 33)) * 0xFF51AFD7ED558CCD;
        k = (k ^ (k >> 33)) * 0xC4CEB9FE1A85EC53;
        return k ^ (k >> 33);
    }
}
