namespace OnnxDeep.Words.Export;

/// <summary>How a table is written for other programs.</summary>
public sealed record ExportOptions
{
    /// <summary>The format.</summary>
    public WordVectorFileFormat Format { get; init; } = WordVectorFileFormat.Word2VecText;

    /// <summary>The most keys to write, the most common first. Null is all.</summary>
    public int? Limit { get; init; }

    /// <summary>
    /// Whether text keeps the blanks inside keys. Most programs end a word at the first blank, so that an underscore
    /// stands for it otherwise, as in word2vec's phrases.
    /// </summary>
    public bool KeepsBlanks { get; init; }
}
