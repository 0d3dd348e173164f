namespace OnnxDeep.Plots.Pictures;

/// <summary>A word's place in two dimensions.</summary>
/// <param name="Word">The word.</param>
/// <param name="Label">Its class; null where it has none.</param>
/// <param name="X">Along the first principal component.</param>
/// <param name="Y">Along the second.</param>
public sealed record WordPoint(string Word, string? Label, double X, double Y);
