namespace OnnxDeep.Words.Formats;

/// <summary>What no honest file exceeds; everything beyond is refused before memory is asked for.</summary>
internal static class SourceLimits
{
    /// <summary>The most numbers of a vector.</summary>
    public const int Dimensions = 1 << 16;

    /// <summary>The longest key in bytes.</summary>
    public const int KeyBytes = 1 << 12;

    /// <summary>The longest line of a text file in bytes.</summary>
    public const int LineBytes = 1 << 22;

    /// <summary>The most vectors; row numbers are ints.</summary>
    public const long Rows = int.MaxValue - 1;

    /// <summary>The largest small member of a model, such as key2row or strings.json.</summary>
    public const int MemberBytes = 1 << 28;

    /// <summary>What a packed file may swell to.</summary>
    public const long UnpackedBytes = 64L << 30;

    /// <summary>Vectors never pack better than this; zeros and other bombs do.</summary>
    public const int PackingRatio = 100;

    /// <summary>Up to here a good ratio is no harm.</summary>
    public const long UnsuspiciousBytes = 16 << 20;

    /// <summary>The bytes that a format is told by.</summary>
    public const int PrefixBytes = 1 << 16;
}
