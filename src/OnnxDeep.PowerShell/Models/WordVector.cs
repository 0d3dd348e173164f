namespace OnnxDeep;

/// <summary>A word's vector.</summary>
/// <param name="Word">The word as it was given.</param>
/// <param name="Vector">The table's dimensions; null for an unknown word.</param>
/// <param name="IsKnown">Whether the table knows the word, or a word of the term.</param>
/// <param name="Norm">The Euclidean length; null for an unknown word.</param>
/// <param name="Source">The table's name.</param>
public sealed record WordVector(string Word, float[]? Vector, bool IsKnown, float? Norm, string Source)
{
    /// <summary>The numbers in the vector; null for an unknown word.</summary>
    public int? Dimensions => Vector?.Length;
}
