namespace OnnxDeep.Plots.Pictures;

/// <summary>A measured way to run a model.</summary>
/// <param name="Series">What it belongs to, such as a model on a provider.</param>
/// <param name="BatchSize">The rows of a run.</param>
/// <param name="P50Milliseconds">Half of the runs took no longer; above 0.</param>
/// <param name="P99Milliseconds">99 of 100 runs took no longer; above 0.</param>
/// <param name="Throughput">Rows a second; above 0.</param>
public sealed record MeasurementPoint(
    string Series, long BatchSize, double P50Milliseconds, double P99Milliseconds, double Throughput);
