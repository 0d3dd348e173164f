namespace OnnxDeep.Words.Formats;

/// <summary>Limits that no valid file exceeds; larger files are rejected before memory is allocated.</summary>
internal static class SourceLimits
{
    /// <summary>The maximum number of dimensions of a vector.</summary>
    public const int Dimensions = 1 << 16;

    /// <summary>The maximum length of a key, in bytes.</summary>
    public const int KeyBytes = 1 << 12;

    /// <summary>The maximum length of a key in a binary file, even if it is too long to be stored.</summary>
    public const int ScannedKeyBytes = 1 << 16;

    /// <summary>The maximum length of a line in a text file, in bytes.</summary>
    public const int LineBytes = 1 << 22;

    /// <summary>The maximum number of vectors, since row numbers are ints.</summary>
    public const long Rows = int.MaxValue - 1;

    /// <summary>The maximum size of a small file in a model, such as key2row or strings.json.</summary>
    public const int MemberBytes = 1 << 28;

    /// <summary>The maximum size of a file after decompression.</summary>
    public const long UnpackedBytes = 64L << 30;

    /// <summary>
    /// The maximum compression ratio; vectors never exceed it, unlike zeros and other decompression bombs.
    /// </summary>
    public const int PackingRatio = 100;

    /// <summary>The size up to which any compression ratio is harmless.</summary>
    public const long UnsuspiciousBytes = 16 << 20;

    /// <summary>The number of bytes used to detect the format.</summary>
    public const int PrefixBytes = 1 << 16;
}
