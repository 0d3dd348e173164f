namespace OnnxDeep;

/// <summary>The result of a model test with the ONNX backend-test layout.</summary>
/// <param name="Name">The name of the folder.</param>
/// <param name="Passed">Whether all outputs of all data sets match the expected ones.</param>
/// <param name="Skipped">
/// Whether nothing was compared because this runtime does not support a feature of the model.
/// </param>
/// <param name="Reason">Why the test was skipped or failed; empty if it passed.</param>
/// <param name="MaxAbsoluteError">The largest |given - expected| of all outputs; null if none were compared.</param>
/// <param name="MaxRelativeError">The largest |given - expected| / |expected|; null if none were compared.</param>
/// <param name="FirstDifference">The first difference beyond the tolerances; null if there is none.</param>
/// <param name="DataSets">The number of data sets that were run.</param>
/// <param name="Seconds">The duration of the test, including reading and loading.</param>
/// <param name="Path">The path of the folder.</param>
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
    /// <summary>Why agreement does not show much, such as an output without elements; empty if it does.</summary>
    public IReadOnlyList<string> Remarks { get; init => field = CellText.List(value); } = CellText.List<string>([]);

    /// <summary>The execution provider for the model, such as CPU.</summary>
    public string Provider { get; init; } = string.Empty;
}
