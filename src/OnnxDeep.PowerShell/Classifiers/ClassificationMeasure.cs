using System.Management.Automation;
using OnnxDeep.Learning.Metrics;

namespace OnnxDeep;

/// <summary>The measures of predicted classes against the truth.</summary>
public sealed record ClassificationMeasure
{
    /// <summary>The fraction of correct predictions.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The unweighted mean over the classes.</summary>
    public required AverageMeasure MacroAverage { get; init; }

    /// <summary>The mean over the classes, weighted by their rows.</summary>
    public required AverageMeasure WeightedAverage { get; init; }

    /// <summary>A <see cref="ClassMeasure"/> for each class, in an array.</summary>
    public required PSObject Classes { get; init; }

    /// <summary>The counts, int[truth, predicted], in the order of <see cref="Labels"/>.</summary>
    public required PSObject ConfusionMatrix { get; init; }

    /// <summary>
    /// The counts as an array of rows for a table: one row for each true class, with one column for each predicted
    /// class.
    /// </summary>
    public required PSObject ConfusionTable { get; init; }

    /// <summary>The classes, string[].</summary>
    public required PSObject Labels { get; init; }

    /// <summary>The area under the ROC curve; null if it is undefined or there are no probabilities.</summary>
    public double? RocAuc { get; init; }

    /// <summary>The mean cross-entropy; null if there are no probabilities.</summary>
    public double? LogLoss { get; init; }

    /// <summary>The expected calibration error; null if there are no probabilities.</summary>
    public double? CalibrationError => Reliability?.ExpectedCalibrationError;

    /// <summary>The probabilities against the shares of hits; null if there are no probabilities.</summary>
    public ReliabilityCurve? Reliability { get; init; }

    /// <summary>The threshold with the largest F1; null without probabilities or with more than two classes.</summary>
    public double? BestThreshold { get; init; }

    /// <summary>The F1 at that threshold.</summary>
    public double? BestF1 { get; init; }

    /// <summary>
    /// The class whose probabilities and threshold are measured; null without probabilities or with more than two
    /// classes.
    /// </summary>
    public string? PositiveLabel { get; init; }

    /// <summary>The number of rows that were measured.</summary>
    public required int Rows { get; init; }

    /// <summary>The number of rows that were skipped because of an error.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The number of rows that were skipped because their prediction is unknown.</summary>
    public required int Unknown { get; init; }

    /// <summary>The report in the format of scikit-learn.</summary>
    public required string Report { get; init; }

    /// <summary>Returns the report.</summary>
    public override string ToString() => Report;
}
