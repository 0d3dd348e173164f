using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Probabilities against what happened.</summary>
/// <param name="Curve">The bins, with at least one row.</param>
/// <param name="Label">The positive one of two classes; null if the probabilities are those of the prediction.</param>
/// <param name="Before">The bins before a calibration; null if there was none.</param>
public sealed record ReliabilityPlot(ReliabilityCurve Curve, string? Label = null, ReliabilityCurve? Before = null)
    : PlotData
{
    /// <inheritdoc/>
    public override string DefaultTitle => "Reliability";
}
