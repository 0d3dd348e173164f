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

/// <summary>A measured way to run a model.</summary>
/// <param name="Series">What it belongs to, such as a model on a provider.</param>
/// <param name="BatchSize">The rows of a run.</param>
/// <param name="P50Milliseconds">Half of the runs took no longer; above 0.</param>
/// <param name="P99Milliseconds">99 of 100 runs took no longer; above 0.</param>
/// <param name="Throughput">Rows a second; above 0.</param>
public sealed record MeasurementPoint(
    string Series, long BatchSize, double P50Milliseconds, double P99Milliseconds, double Throughput);
