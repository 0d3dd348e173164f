using OnnxDeep.Words.Table;

namespace OnnxDeep;

/// <summary>Describes a vector table, based only on its header.</summary>
public sealed record WordVectorTableInfo
{
    /// <summary>The name of the table.</summary>
    public required string Name { get; init; }

    /// <summary>The number of words that can be looked up.</summary>
    public required int Keys { get; init; }

    /// <summary>The number of vectors; keys can share one.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of values in a vector.</summary>
    public required int Dimensions { get; init; }

    /// <summary>The storage type of the values.</summary>
    public required VectorElementType Type { get; init; }

    /// <summary>The size of the file in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The origin of the vectors.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// The SHA-256 hash of the content, in hexadecimal; a model stores the hash of the table that it was trained on.
    /// </summary>
    public required string Sha256 { get; init; }

    /// <summary>The path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The number of character n-gram rows, which provide vectors for words without a key.</summary>
    public required int Ngrams { get; init; }

    /// <summary>The number of duplicate keys in the source; the first of each was kept.</summary>
    public required long Duplicates { get; init; }

    /// <summary>The number of lines and vectors of the source that were skipped.</summary>
    public required long Skipped { get; init; }

    /// <summary>Whether the content was compared with its hash, which takes as long as reading the file.</summary>
    public bool IsVerified { get; init; }

    /// <summary>Opens a table and reads its header.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FileFormatException">The file is not a vector table.</exception>
    public static WordVectorTableInfo Read(string path)
    {
        // Only its header is read.
        using var table = WordVectorTable.Map(path);
        return Describe(table);
    }

    /// <summary>Opens a table, and reads all of it to compare its content with its hash.</summary>
    /// <param name="path">The path of the table.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FileFormatException">
    /// The file is not a vector table, has no hash, or has other content than its hash says.
    /// </exception>
    public static WordVectorTableInfo Verify(string path, CancellationToken cancellationToken = default)
    {
        using var table = WordVectorTable.Open(path);
        table.Verify(cancellationToken);
        return Describe(table) with { IsVerified = true };
    }

    private static WordVectorTableInfo Describe(WordVectorTable table)
    {
        return new WordVectorTableInfo
        {
            Name = System.IO.Path.GetFileNameWithoutExtension(table.Path),
            Keys = table.KeyCount,
            Rows = table.RowCount,
            Dimensions = table.Dimensions,
            Type = table.ElementType,
            Size = table.Files.Length,
            Source = table.Source,
            Sha256 = table.ContentSha256,
            Path = table.Path,
            Ngrams = table.NgramCount,
            Duplicates = table.Duplicates,
            Skipped = table.Skipped,
        };
    }
}
