using OnnxDeep.Onnx.Metadata;

namespace OnnxDeep;

/// <summary>What a model says of one word.</summary>
/// <param name="Word">The word as it was given.</param>
/// <param name="Label">The class's name, such as 'food' or 'not food'; 'unknown' where no vector was found.</param>
/// <param name="Probability">That the word is of class 1; null without a vector.</param>
/// <param name="IsFood">Whether the probability reaches the threshold; null without a vector.</param>
/// <param name="IsKnown">Whether the vectors know the word, or a word of the term.</param>
/// <param name="Model">The model's name.</param>
public sealed record WordPrediction(
    string Word, string Label, float? Probability, bool? IsFood, bool IsKnown, string Model)
{
    /// <summary>The label of a word without a vector.</summary>
    public const string UnknownLabel = ModelMetadata.UnknownLabel;

    /// <summary>
    /// Whether the vector was made of character n-grams alone: the vectors do not know the word, and still have an
    /// idea.
    /// </summary>
    public bool IsSubword { get; init; }

    /// <summary>The execution provider that the model ran on, such as CPU.</summary>
    public string Provider { get; init; } = "CPU";
}
