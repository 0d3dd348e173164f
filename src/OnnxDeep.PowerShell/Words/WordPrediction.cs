namespace OnnxDeep;

/// <summary>The answer of the food model, or another model of two classes, for one word.</summary>
/// <param name="Word">The word as given.</param>
/// <param name="Label">The name of its class, such as 'food' or 'not food'; 'unknown' without a vector.</param>
/// <param name="Probability">The probability of the second class; null without a vector.</param>
/// <param name="IsFood">Whether the probability reaches the threshold; null without a vector.</param>
/// <param name="IsKnown">Whether the vectors contain the word, or a word of the term.</param>
/// <param name="Model">The model's name.</param>
public sealed record WordPrediction(
    string Word, string Label, float? Probability, bool? IsFood, bool IsKnown, string Model)
{
    /// <summary>Whether the vector was computed from character n-grams because the vectors lack the word.</summary>
    public bool IsSubword { get; init; }

    /// <summary>The execution provider that the model ran on, such as CPU.</summary>
    public string Provider { get; init; } = "CPU";
}
