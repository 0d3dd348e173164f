namespace OnnxDeep;

/// <summary>A word's vector.</summary>
/// <param name="Word">The word as it was given.</param>
/// <param name="Vector">The table's dimensions; null where there is none.</param>
/// <param name="IsKnown">Whether the table knows the word, or a word of the term.</param>
/// <param name="Norm">The Euclidean length; null where there is none.</param>
/// <param name="Source">The table's name.</param>
public sealed record WordVector(string Word, float[]? Vector, bool IsKnown, float? Norm, string Source)
{
    /// <summary>
    /// Whether the vector was made of character n-grams alone, since the table does not know the word.
    /// </summary>
    public bool IsSubword { get; init; }

    /// <summary>The numbers in the vector; null where there is no vector.</summary>
    public int? Dimensions => Vector?.Length;
}

/// <summary>How alike two words are.</summary>
/// <param name="ReferenceWord">The one word.</param>
/// <param name="Word">The other.</param>
/// <param name="Similarity">
/// The cosine of the angle between their vectors, -1 to 1; null where a word has no vector.
/// </param>
/// <param name="IsKnown">Whether both words are known.</param>
public sealed record WordSimilarity(string ReferenceWord, string Word, float? Similarity, bool IsKnown)
{
    /// <summary>
    /// Whether a vector was made of character n-grams alone, since the table does not know that word.
    /// </summary>
    public bool IsSubword { get; init; }
}

/// <summary>A neighbour of a word; its own word is called Word, so that it can be piped on.</summary>
/// <param name="ReferenceWord">The word that was asked for.</param>
/// <param name="Position">From 1, the nearest first; not "Rank", which every array has of its own.</param>
/// <param name="Word">The similar word.</param>
/// <param name="Similarity">The cosine of the angle between their vectors.</param>
public sealed record SimilarWord(string ReferenceWord, int Position, string Word, float Similarity);

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
