using System.Globalization;

using OnnxDeep.Plots.Pictures;

namespace OnnxDeep.Plots.Reports;

/// <summary>The content of a page about a training; parts that are null or empty are omitted.</summary>
public sealed record TrainingReport
{
    /// <summary>The heading.</summary>
    public string Title { get; init; } = "Training report";

    /// <summary>The path of the model.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the examples are rows of a table; otherwise they are words.</summary>
    public bool IsTable { get; init; }

    /// <summary>The names of the inputs; for words, the name of the vectors.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The number of examples for training, if it is known.</summary>
    public int? TrainRows { get; init; }

    /// <summary>Of two classes, the smallest probability that means the second; null for ½ and for more.</summary>
    public double? Threshold { get; init; }

    /// <summary>The cross-validation; null if there was none.</summary>
    public ReportValidation? CrossValidation { get; init; }

    /// <summary>The layers of the network, as text.</summary>
    public string? Summary { get; init; }

    /// <summary>Precision, recall and F1, as text.</summary>
    public string? Report { get; init; }

    /// <summary>The training curves.</summary>
    public LossPlot? History { get; init; }

    /// <summary>The confusion matrix of the test.</summary>
    public ConfusionPlot? Confusion { get; init; }

    /// <summary>The probabilities of the test against what happened.</summary>
    public ReliabilityPlot? Reliability { get; init; }

    /// <summary>The predictions of the test of a regressor.</summary>
    public ResidualPlot? Residuals { get; init; }

    /// <summary>The misclassified words or rows; null if they are not known.</summary>
    public IReadOnlyList<ReportMistake>? Mistakes { get; init; }

    /// <summary>The words or rows that could not be used.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>The command that created the model.</summary>
    public string? Command { get; init; }

    /// <summary>Whether the report has no content.</summary>
    public bool IsEmpty => Summary is null && Report is null && History is null && Confusion is null
        && Reliability is null && Residuals is null && Mistakes is null && Skipped.Count == 0 && Command is null
        && CrossValidation is null;
}

/// <summary>The accuracies of a cross-validation, from 0 to 1, or its R².</summary>
/// <param name="Accuracies">The accuracy or R² of each fold.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Their standard deviation.</param>
public sealed record ReportValidation(IReadOnlyList<double> Accuracies, double Mean, double StandardDeviation)
{
    /// <summary>Whether the numbers are R² of a regressor, not accuracies.</summary>
    public bool IsR2 { get; init; }

    /// <summary>The name of the measure.</summary>
    internal string Measure => IsR2 ? "R²" : "Accuracy";

    /// <summary>The text of one of the numbers.</summary>
    internal string Format(double value) => IsR2
        ? value.ToString("F4", CultureInfo.InvariantCulture)
        : (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";
}

/// <summary>A misclassified word or row.</summary>
/// <param name="Word">The word, or the name of the row.</param>
/// <param name="Truth">The true class.</param>
/// <param name="Label">The predicted class.</param>
/// <param name="Probability">The probability of the predicted class, from 0 to 1, if it is known.</param>
public sealed record ReportMistake(string Word, string Truth, string Label, double? Probability);
