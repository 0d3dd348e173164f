namespace OnnxDeep.Words.Download;

/// <summary>What to download and how to know that it is the right file.</summary>
public sealed record DownloadRequest
{
    /// <summary>The largest file that is taken unless the request says otherwise: 64 GB.</summary>
    public const long DefaultMaximumLength = 64L << 30;

    /// <summary>An http or https address without user and password.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The file's size in bytes; null where it is not known.</summary>
    public long? Length { get; init; }

    /// <summary>The file's SHA-256 as 64 hexadecimal digits; null where it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The most bytes to take; a server that sends more is stopped.</summary>
    public long MaximumLength { get; init; } = DefaultMaximumLength;
}
