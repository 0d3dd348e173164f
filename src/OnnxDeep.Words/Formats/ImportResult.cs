using System.Text;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats;

/// <summary>What an import took and left out.</summary>
public sealed record ImportResult
{
    /// <summary>The format that was found, such as "GloVe text".</summary>
    public required string Format { get; init; }

    /// <summary>The table's name.</summary>
    public required string Name { get; init; }

    /// <summary>Keys stored, those without a name included.</summary>
    public required int Keys { get; init; }

    /// <summary>Vectors stored.</summary>
    public required int Rows { get; init; }

    /// <summary>The numbers of a vector.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Keys that stood in the file before; the first one was taken.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Keys of which the source knows only the hash: they can be looked up, but not listed.</summary>
    public required int Nameless { get; init; }

    /// <summary>Lines that were left out because they are no word with its numbers.</summary>
    public required long Ragged { get; init; }

    /// <summary>Vectors that were left out because of NaN, infinity or overflow.</summary>
    public required long NotFinite { get; init; }

    /// <summary>The first of what was left out; not more than a thousand.</summary>
    public required IReadOnlyList<SkippedVector> Skipped { get; init; }

    /// <summary>The error for vectors that hold no finite numbers; null where there were none.</summary>
    public required FileFormatException? NotFiniteError { get; init; }

    /// <summary>Vectors beyond those that the file's header promises; they were taken.</summary>
    public required long Unannounced { get; init; }
}

/// <summary>How far an import has come.</summary>
/// <param name="Rows">Vectors stored.</param>
/// <param name="BytesRead">Of the source as it lies on disk.</param>
/// <param name="TotalBytes">The source's size on disk.</param>
public readonly record struct ImportProgress(long Rows, long BytesRead, long TotalBytes);

/// <summary>A vector that an import left out.</summary>
/// <param name="Key">Its word as far as it could be read; empty where not.</param>
/// <param name="Line">From 1, in text; 0 in a binary file.</param>
/// <param name="Offset">Bytes from the start of the file, unpacked where it is packed.</param>
/// <param name="Problem">Why, a clause such as "has 299 numbers, not 300".</param>
public sealed record SkippedVector(string Key, long Line, long Offset, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(Line > 0 ? $"Line {Line}, byte {Offset}" : $"Byte {Offset}")}: '{Key}' {Problem}.");
}

/// <summary>How word vectors are read and stored.</summary>
public sealed record ImportOptions
{
    /// <summary>The table's name; null takes the source's own.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The most vectors to take, from the first on: in the usual files the most frequent words. Null is all.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>How the rows are stored.</summary>
    public VectorElementType ElementType { get; init; } = VectorElementType.Float32;

    /// <summary>The encoding of the keys.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>
    /// The words of a file that holds vectors alone, a line each; null looks for a list beside the file.
    /// </summary>
    public string? WordListPath { get; init; }

    /// <summary>The file of an archive, or the tensor of a model, where it holds several.</summary>
    public string? Entry { get; init; }
}
