namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>One row of Measure-Classification, read and checked.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Truth">The true class.</param>
/// <param name="Prediction">The predicted class; null where a threshold is to decide.</param>
/// <param name="Probability">Of the positive class; null where there is none.</param>
/// <param name="Scores">The probability of each class; null where there are none.</param>
/// <param name="Name">What to call the row in a message.</param>
internal sealed record ClassificationRow(
    int Number,
    string Truth,
    string? Prediction,
    double? Probability,
    IReadOnlyDictionary<string, double>? Scores,
    string Name);
