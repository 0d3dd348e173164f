namespace OnnxDeep.Words.Download;

/// <summary>A file that has been downloaded whole.</summary>
public sealed record DownloadResult
{
    /// <summary>Where the file lies.</summary>
    public required string Path { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Its SHA-256 as 64 lower-case hexadecimal digits, known beforehand or not.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether the SHA-256 was known beforehand, and so is proof.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>How many of its bytes came from an earlier call that was broken off.</summary>
    public required long ResumedBytes { get; init; }
}
