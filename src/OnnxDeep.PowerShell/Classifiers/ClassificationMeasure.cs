using System.Management.Automation;
using OnnxDeep.Learning.Metrics;

namespace OnnxDeep;

/// <summary>Predictions measured against the truth.</summary>
public sealed record ClassificationMeasure
{
    /// <summary>The share of right predictions.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The mean over the classes, each counted alike.</summary>
    public required AverageMeasure MacroAverage { get; init; }

    /// <summary>The mean over the classes, each counted by its rows.</summary>
    public required AverageMeasure WeightedAverage { get; init; }

    /// <summary>Precision, recall, F1 and support of each class.</summary>
    public required ClassMeasure[] Classes { get; init; }

    /// <summary>The counts, [truth, predicted], in the order of <see cref="Labels"/>.</summary>
    public required int[,] ConfusionMatrix { get; init; }

    /// <summary>
    /// The counts as rows for a table: a true class each, a column for each class that it was taken for.
    /// </summary>
    public required PSObject[] ConfusionTable { get; init; }

    /// <summary>The classes.</summary>
    public required string[] Labels { get; init; }

    /// <summary>The area under the ROC curve; null without probabilities, or where it is undefined.</summary>
    public double? RocAuc { get; init; }

    /// <summary>The mean cross-entropy; null without probabilities.</summary>
    public double? LogLoss { get; init; }

    /// <summary>The threshold of the largest F1; null without probabilities of two classes.</summary>
    public double? BestThreshold { get; init; }

    /// <summary>The F1 at that threshold.</summary>
    public double? BestF1 { get; init; }

    /// <summary>
    /// The class that the probabilities are of; null for more than two classes, or without probabilities.
    /// </summary>
    public string? PositiveLabel { get; init; }

    /// <summary>The rows that were measured.</summary>
    public required int Rows { get; init; }

    /// <summary>The rows that were left out for an error.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The rows that were left out because their prediction is unknown.</summary>
    public required int Unknown { get; init; }

    /// <summary>scikit-learn's report.</summary>
    public required string Report { get; init; }

    /// <summary>The report.</summary>
    public override string ToString() => Report;
}
