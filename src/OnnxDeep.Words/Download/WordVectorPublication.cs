namespace OnnxDeep.Words.Download;

/// <summary>Word vectors that their publisher offers for download.</summary>
public sealed record WordVectorPublication
{
    /// <summary>What to ask for, such as <c>glove.6B.300d</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the publisher has the file.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The file's size in bytes; null where it is not known.</summary>
    public long? Length { get; init; }

    /// <summary>The file's SHA-256 as 64 lower-case hexadecimal digits; null where it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The file of the zip archive that holds the vectors; null where the file itself does.</summary>
    public string? Entry { get; init; }

    /// <summary>How many numbers a vector has.</summary>
    public required int Dimensions { get; init; }

    /// <summary>About how many words it holds.</summary>
    public required int Keys { get; init; }

    /// <summary>What the publisher allows.</summary>
    public required string License { get; init; }

    /// <summary>The language and what the vectors were learnt from.</summary>
    public required string Description { get; init; }

    /// <summary>Who made it.</summary>
    public required string Publisher { get; init; }

    /// <summary>What to ask for and how to know that it is the right file.</summary>
    internal DownloadRequest ToRequest() => new() { Uri = Uri, Length = Length, Sha256 = Sha256 };
}
