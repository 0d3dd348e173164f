namespace OnnxDeep;

/// <summary>How far an output of a converted model is from that of its source.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="MaxAbsoluteError">
/// The largest |converted - source|; null where the output has no floating point numbers.
/// </param>
/// <param name="MaxRelativeError">The largest |converted - source| / |source|; null where it has none.</param>
/// <param name="FirstDifference">
/// Of an output without floating point numbers the first that differs; of others the first without a finite distance,
/// such as NaN; else null.
/// </param>
public sealed record OutputError(
    string Name,
    double? MaxAbsoluteError,
    double? MaxRelativeError,
    string? FirstDifference)
{
    /// <summary>The name, with the error where there is one.</summary>
    public override string ToString() => MaxAbsoluteError is double error
        ? FormattableString.Invariant($"{Name}: {error:G3}")
        : FirstDifference ?? Name;
}
