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
