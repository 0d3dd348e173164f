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

    /// <summary>
    /// The number of words that are not text in the source's encoding, contain a NUL character or are too long:
    /// skipped, unless <see cref="Replaced"/> counts them.
    /// </summary>
    public required long Invalid { get; init; }

    /// <summary>The number of invalid words that were imported with U+FFFD in place of what is not text.</summary>
    public required long Replaced { get; init; }

    /// <summary>The invalid words, skipped or replaced, at most the first 100,000.</summary>
    public required IReadOnlyList<SkippedVector> InvalidWords { get; init; }

    /// <summary>The number of vectors skipped because of NaN, infinity or overflow.</summary>
    public required long NotFinite { get; init; }

    /// <summary>The vectors, words and lines that were skipped, at most the first 100,000.</summary>
    public required IReadOnlyList<SkippedVector> Skipped { get; init; }

    /// <summary>The error for vectors without finite numbers; null if there were none.</summary>
    public required FileFormatException? NotFiniteError { get; init; }

    /// <summary>The number of vectors beyond the count in the file's header; they were imported.</summary>
    public required long Unannounced { get; init; }

    /// <summary>The number of bytes after the vectors that the header does not count; they were not read.</summary>
    public required long Unread { get; init; }
}

/// <summary>The progress of an import.</summary>
/// <param name="Rows">The number of vectors stored.</param>
/// <param name="BytesRead">The number of bytes of the source on disk that have been read.</param>
/// <param name="TotalBytes">The size of the source on disk.</param>
public readonly record struct ImportProgress(long Rows, long BytesRead, long TotalBytes);

/// <summary>What an import skipped, or an invalid word.</summary>
/// <param name="Key">The start of the word as far as it could be read; otherwise empty.</param>
/// <param name="Line">The line of a text file, from 1; 0 in a binary file.</param>
/// <param name="Offset">Bytes from the start of the file, after decompression if it is compressed.</param>
/// <param name="Problem">The reason, as a clause such as "has 299 numbers, not 300".</param>
public sealed record SkippedVector(string Key, long Line, long Offset, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(Line > 0 ? $"Line {Line}, byte {Offset}" : $"Byte {Offset}")}: '{ShownText.Value(Key)}' {Problem}.");
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
    /// What to do with a word that is not text in the encoding, contains a NUL character or is too long, and with a
    /// line that is not a word with its numbers.
    /// </summary>
    public InvalidWordAction InvalidWord { get; init; }

    /// <summary>
    /// The word list for a file that only contains vectors, with one word per line; null to look for a list beside the
    /// file.
    /// </summary>
    public string? WordListPath { get; init; }

    /// <summary>The file of an archive, or the tensor of a model, if it contains several.</summary>
    public string? Entry { get; init; }
}

/// <summary>What an import does with words and lines that it cannot read.</summary>
public enum InvalidWordAction
{
    /// <summary>They are skipped, counted and listed.</summary>
    Skip,

    /// <summary>
    /// Words are imported with U+FFFD in place of what is not text; words that are too long and lines without a word or
    /// its numbers are skipped.
    /// </summary>
    Replace,

    /// <summary>The first one is an error, and no table is written.</summary>
    Stop,
}
