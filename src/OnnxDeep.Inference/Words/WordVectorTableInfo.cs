using OnnxDeep.Words.Table;

namespace OnnxDeep;

/// <summary>What a vector table is, from its header alone.</summary>
public sealed record WordVectorTableInfo
{
    /// <summary>The name that -Vectors takes.</summary>
    public required string Name { get; init; }

    /// <summary>Words that can be looked up.</summary>
    public required int Keys { get; init; }

    /// <summary>Vectors; keys may share one.</summary>
    public required int Rows { get; init; }

    /// <summary>The numbers of a vector.</summary>
    public required int Dimensions { get; init; }

    /// <summary>How the numbers are stored.</summary>
    public required VectorElementType Type { get; init; }

    /// <summary>Of the file, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Where the vectors come from.</summary>
    public required string Source { get; init; }

    /// <summary>Of the content, in hex: what a model that was trained on the table remembers.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>Rows of character n-grams, which give words without a key a vector.</summary>
    public required int Ngrams { get; init; }

    /// <summary>Keys that the source had twice; the first one was taken.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Lines and vectors of the source that were left out.</summary>
    public required long Skipped { get; init; }

    /// <summary>Opens a table and reads its header.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">The file is no table.</exception>
    public static WordVectorTableInfo Read(string path)
    {
        using var table = WordVectorTable.Open(path);
        return new WordVectorTableInfo
        {
            Name = System.IO.Path.GetFileNameWithoutExtension(table.Path),
            Keys = table.KeyCount,
            Rows = table.RowCount,
            Dimensions = table.Dimensions,
            Type = table.ElementType,
            Size = new FileInfo(table.Path).Length,
            Source = table.Source,
            Sha256 = table.ContentSha256,
            Path = table.Path,
            Ngrams = table.NgramCount,
            Duplicates = table.Duplicates,
            Skipped = table.Skipped,
        };
    }
}
