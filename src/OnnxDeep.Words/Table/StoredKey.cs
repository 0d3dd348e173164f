using System.Buffers.Binary;

using OnnxDeep.Numerics;

namespace OnnxDeep.Words.Table;

/// <summary>
/// A key as stored in a table: UTF-8 or, if only its hash is known (spaCy's tables may identify a row by its hash
/// alone), the byte 0xFF, which does not occur in UTF-8, and the eight bytes of MurmurHash64A with seed 1.
/// </summary>
internal static class StoredKey
{
    /// <summary>The length of a key without a name.</summary>
    public const int NamelessLength = 9;

    private const byte Marker = 0xFF;

    /// <summary>Whether only the hash is known.</summary>
    public static bool IsNameless(ReadOnlySpan<byte> key) => key.Length == NamelessLength && key[0] == Marker;

    /// <summary>Writes the key for a hash.</summary>
    public static void WriteNameless(ulong hash, Span<byte> key)
    {
        key[0] = Marker;
        BinaryPrimitives.WriteUInt64LittleEndian(key[1..], hash);
    }

    /// <summary>The hash that the index uses.</summary>
    public static ulong Hash(ReadOnlySpan<byte> key) =>
        IsNameless(key) ? BinaryPrimitives.ReadUInt64LittleEndian(key[1..]) : WordHash.Murmur64A(key);

    /// <summary>Whether a stored key equals the requested one.</summary>
    public static bool Matches(ReadOnlySpan<byte> stored, ReadOnlySpan<byte> utf8, ulong hash) =>
        stored.SequenceEqual(utf8) || (IsNameless(stored) && Hash(stored) == hash);
}
