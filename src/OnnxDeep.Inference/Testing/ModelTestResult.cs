namespace OnnxDeep;

/// <summary>How a model's test of the ONNX backend-test layout went.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Passed">Whether every output of every data set is as expected.</param>
/// <param name="Skipped">Whether this runtime lacks what the model needs, so that nothing was compared.</param>
/// <param name="Reason">Why it was skipped or failed; empty where it passed.</param>
/// <param name="MaxAbsoluteError">The largest |given - expected| of all outputs; null where none were compared.</param>
/// <param name="MaxRelativeError">The largest |given - expected| / |expected|; null where none were compared.</param>
/// <param name="FirstDifference">The first difference beyond the tolerances; null where there is none.</param>
/// <param name="DataSets">The data sets that were run.</param>
/// <param name="Seconds">How long it took, reading and loading included.</param>
/// <param name="Path">The folder.</param>
public sealed record ModelTestResult(
    string Name,
    bool Passed,
    bool Skipped,
    string Reason,
    double? MaxAbsoluteError,
    double? MaxRelativeError,
    string? FirstDifference,
    int DataSets,
    double Seconds,
    string Path)
{
    /// <summary>The execution provider that the model was to run on, such as CPU.</summary>
    public string Provider { get; init; } = string.Empty;
}
