namespace OnnxDeep;

/// <summary>What a model of any classes says of one word.</summary>
/// <param name="Word">The word as it was given.</param>
/// <param name="Label">The class's name; 'unknown' where no vector was found.</param>
/// <param name="Probability">
/// Of two classes that of the second one, as Test-FoodWord gives it; of more that of the label. Null without a vector.
/// </param>
/// <param name="Scores">The probability of each class by its name, in the model's order; null without a vector.</param>
/// <param name="IsKnown">Whether the vectors know the word, or a word of the term.</param>
/// <param name="Model">The model's name.</param>
public sealed record ClassifiedWord(
    string Word,
    string Label,
    float? Probability,
    OrderedDictionary<string, float>? Scores,
    bool IsKnown,
    string Model)
{
    /// <summary>
    /// Whether the vector was made of character n-grams alone: the vectors do not know the word, and still have an
    /// idea.
    /// </summary>
    public bool IsSubword { get; init; }

    /// <summary>The execution provider that the model ran on, such as CPU.</summary>
    public string Provider { get; init; } = "CPU";
}
