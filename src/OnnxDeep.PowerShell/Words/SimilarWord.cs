namespace OnnxDeep;

/// <summary>A neighbour of a word; its own word is called Word, so that it can be piped on.</summary>
/// <param name="ReferenceWord">The word that was asked for.</param>
/// <param name="Position">From 1, the nearest first; not "Rank", which every array has of its own.</param>
/// <param name="Word">The similar word.</param>
/// <param name="Similarity">The cosine of the angle between their vectors.</param>
public sealed record SimilarWord(string ReferenceWord, int Position, string Word, float Similarity);
