namespace OnnxDeep.Plots.Reports;

/// <summary>A word that a model got wrong.</summary>
/// <param name="Word">The word.</param>
/// <param name="Truth">Its class.</param>
/// <param name="Label">The class that the model gave it.</param>
/// <param name="Probability">The model's probability, 0 to 1, if it is known.</param>
public sealed record ReportMistake(string Word, string Truth, string Label, double? Probability);
