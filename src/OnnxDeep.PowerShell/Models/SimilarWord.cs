namespace OnnxDeep;

/// <summary>A neighbour of a word.</summary>
/// <param name="Word">The word that was asked for.</param>
/// <param name="Position">From 1, the nearest first; not "Rank", which every array has of its own.</param>
/// <param name="Neighbor">The similar word.</param>
/// <param name="Similarity">The cosine of the angle between their vectors.</param>
public sealed record SimilarWord(string Word, int Position, string Neighbor, float Similarity);
