using System.Buffers.Binary;

using OnnxDeep.Numerics;

namespace OnnxDeep.Words.Table;

/// <summary>
/// A key as a table stores it: UTF-8, or, where only its hash is known (spaCy's tables may name a row by hash alone),
/// the byte 0xFF, which no UTF-8 has, and the eight bytes of MurmurHash64A with seed 1.
/// </summary>
internal static class StoredKey
{
    /// <summary>The length of a key without a name.</summary>
    public const int NamelessLength = 9;

    private const byte Marker = 0xFF;

    /// <summary>Whether only the hash is known.</summary>
    public static bool IsNameless(ReadOnlySpan<byte> key) => key.Length == NamelessLength && key[0] == Marker;

    /// <summary>The key that stands for a hash.</summary>
    public static void WriteNameless(ulong hash, Span<byte> key)
    {
        key[0] = Marker;
        BinaryPrimitives.WriteUInt64LittleEndian(key[1..], hash);
    }

    /// <summary>What the index is ordered by.</summary>
    public static ulong Hash(ReadOnlySpan<byte> key) =>
        IsNameless(key) ? BinaryPrimitives.ReadUInt64LittleEndian(key[1..]) : Murmur.Hash64A(key);

    /// <summary>Whether a stored key is the one that was asked for.</summary>
    public static bool Matches(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> utf8, ulong hash) =>
        stored.SequenceEqual(utf8) || (IsNameless(stored) && Hash(stored) == hash);
}
