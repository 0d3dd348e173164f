using System.Buffers.Binary;

namespace OnnxDeep.Numerics;

/// <summary>MurmurHash64A (Appleby): spaCy hashes its strings with it, and so does our table's index.</summary>
internal static class Murmur
{
    private const ulong M = 0xC6A4A7935BD1E995;

    /// <summary>The 64-bit hash of <paramref name="data"/>; spaCy's seed is 1.</summary>
    public static ulong Hash64A(ReadOnlySpan<byte> data, ulong seed = 1)
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
}
