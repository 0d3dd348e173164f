namespace OnnxDeep.Plots.Pictures;

/// <summary>Latency and throughput of models, over the batch size where there are several, else side by side.</summary>
/// <param name="Points">At least one.</param>
public sealed record MeasurementPlot(IReadOnlyList<MeasurementPoint> Points) : PlotData
{
    /// <inheritdoc/>
    public override string DefaultTitle => "Latency and throughput";

    /// <summary>The series in the order that they come in.</summary>
    public IReadOnlyList<string> Series { get; } = [.. Points.Select(point => point.Series).Distinct()];

    /// <summary>The batch sizes, ascending.</summary>
    public IReadOnlyList<long> BatchSizes { get; } = [.. Points.Select(point => point.BatchSize).Distinct().Order()];
}
