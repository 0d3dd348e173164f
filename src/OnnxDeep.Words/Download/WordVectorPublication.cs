namespace OnnxDeep.Words.Download;

/// <summary>Word vectors that a publisher offers for download.</summary>
public sealed record WordVectorPublication
{
    /// <summary>The name, such as <c>glove.6B.300d</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The address of the file.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The size of the file in bytes; null if it is not known.</summary>
    public long? Length { get; init; }

    /// <summary>The SHA-256 of the file as 64 lower-case hexadecimal digits; null if it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>
    /// The file of the zip archive that contains the vectors; null if the download is the file itself.
    /// </summary>
    public string? Entry { get; init; }

    /// <summary>The number of dimensions of a vector.</summary>
    public required int Dimensions { get; init; }

    /// <summary>The approximate number of words.</summary>
    public required int Keys { get; init; }

    /// <summary>The publisher's licence.</summary>
    public required string License { get; init; }

    /// <summary>The language and the training data.</summary>
    public required string Description { get; init; }

    /// <summary>The organisation that published the vectors.</summary>
    public required string Publisher { get; init; }

    /// <summary>Creates the request to download and verify the file.</summary>
    internal DownloadRequest ToRequest() => new() { Uri = Uri, Length = Length, Sha256 = Sha256 };
}
