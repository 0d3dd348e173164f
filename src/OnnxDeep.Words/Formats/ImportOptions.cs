using System.Text;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats;

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
