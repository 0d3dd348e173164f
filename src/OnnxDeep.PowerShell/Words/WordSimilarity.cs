namespace OnnxDeep;

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
