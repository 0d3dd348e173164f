namespace OnnxDeep.Plots.Pictures;

/// <summary>
/// Latency and throughput of models: over the batch size if there are several, otherwise side by side.
/// </summary>
/// <param name="Points">The measurements, at least one.</param>
public sealed record MeasurementPlot(IReadOnlyList<MeasurementPoint> Points) : PlotData
{
    /// <inheritdoc/>
    public override string DefaultTitle => "Latency and throughput";

    /// <summary>The series in the order of their first points.</summary>
    public IReadOnlyList<string> Series { get; } = [.. Points.Select(point => point.Series).Distinct()];

    /// <summary>The batch sizes, ascending.</summary>
    public IReadOnlyList<long> BatchSizes { get; } = [.. Points.Select(point => point.BatchSize).Distinct().Order()];
}

/// <summary>One measurement of a model.</summary>
/// <param name="Series">The series that it belongs to, such as a model on a provider.</param>
/// <param name="BatchSize">The number of rows per run.</param>
/// <param name="P50Milliseconds">The latency that 50% of the runs do not exceed; above 0.</param>
/// <param name="P99Milliseconds">The latency that 99% of the runs do not exceed; above 0.</param>
/// <param name="Throughput">The number of rows per second; above 0.</param>
public sealed record MeasurementPoint(
    string Series, long BatchSize, double P50Milliseconds, double P99Milliseconds, double Throughput);
