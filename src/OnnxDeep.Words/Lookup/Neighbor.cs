namespace OnnxDeep.Words.Lookup;

/// <summary>A row of a table near a query.</summary>
/// <param name="Key">The most common key of the row.</param>
/// <param name="Row">The row.</param>
/// <param name="Similarity">The cosine of the angle between row and query, from -1 to 1.</param>
public readonly record struct Neighbor(string Key, int Row, float Similarity);
