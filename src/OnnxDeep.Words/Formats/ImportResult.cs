using System.Text;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats;

/// <summary>The result of an import.</summary>
public sealed record ImportResult
{
    /// <summary>The format that was detected, such as "GloVe text".</summary>
    public required string Format { get; init; }

    /// <summary>The name of the table.</summary>
    public required string Name { get; init; }

    /// <summary>The number of keys stored, including those without a name.</summary>
    public required int Keys { get; init; }

    /// <summary>The number of vectors stored.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of dimensions of a vector.</summary>
    public required int Dimensions { get; init; }

    /// <summary>The number of repeated keys; the first occurrence was kept.</summary>
    public required long Duplicates { get; init; }

    /// <summary>
    /// The number of keys of which the source only has the hash: they can be looked up, but not listed.
    /// </summary>
    public required int Nameless { get; init; }

    /// <summary>The number of lines skipped because they are not a word with its numbers.</summary>
    public required long Ragged { get; init; }

    /// <summary>The number of vectors skipped because of NaN, infinity or overflow.</summary>
    public required long NotFinite { get; init; }

    /// <summary>The first vectors and lines that were skipped, at most a thousand.</summary>
    public required IReadOnlyList<SkippedVector> Skipped { get; init; }

    /// <summary>The error for vectors without finite numbers; null if there were none.</summary>
    public required FileFormatException? NotFiniteError { get; init; }

    /// <summary>The number of vectors beyond the count in the file's header; they were imported.</summary>
    public required long Unannounced { get; init; }
}

/// <summary>The progress of an import.</summary>
/// <param name="Rows">The number of vectors stored.</param>
/// <param name="BytesRead">The number of bytes of the source on disk that have been read.</param>
/// <param name="TotalBytes">The size of the source on disk.</param>
public readonly record struct ImportProgress(long Rows, long BytesRead, long TotalBytes);

/// <summary>A vector that an import skipped.</summary>
/// <param name="Key">The word as far as it could be read; otherwise empty.</param>
/// <param name="Line">The line of a text file, from 1; 0 in a binary file.</param>
/// <param name="Offset">Bytes from the start of the file, after decompression if it is compressed.</param>
/// <param name="Problem">The reason, as a clause such as "has 299 numbers, not 300".</param>
public sealed record SkippedVector(string Key, long Line, long Offset, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(Line > 0 ? $"Line {Line}, byte {Offset}" : $"Byte {Offset}")}: '{Key}' {Problem}.");
}

/// <summary>Options for reading and storing word vectors.</summary>
public sealed record ImportOptions
{
    /// <summary>The name of the table; null for the source's own.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// The maximum number of vectors to import, starting with the first; in the usual files, these are the most
    /// frequent words. Null for all.
    /// </summary>
    public int? Limit { get; init; }

    /// <summary>The element type of the stored rows.</summary>
    public VectorElementType ElementType { get; init; } = VectorElementType.Float32;

    /// <summary>The encoding of the keys.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    /// <summary>
    /// The word list for a file that only contains vectors, with one word per line; null to look for a list beside the
    /// file.
    /// </summary>
    public string? WordListPath { get; init; }

    /// <summary>The file of an archive, or the tensor of a model, if it contains several.</summary>
    public string? Entry { get; init; }
}
