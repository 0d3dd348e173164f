using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep;

/// <summary>The result of a model conversion.</summary>
public sealed record ModelConversion
{
    /// <summary>The name of the new file without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>The path of the new file.</summary>
    public required string Path { get; init; }

    /// <summary>The path of the file that was converted.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// The conversions that were applied, in this order: DynamicBatch, Float16 or Int8Dynamic, Optimize.
    /// </summary>
    public required IReadOnlyList<string> Conversions { get; init => field = CellText.List(value); }

    /// <summary>The size of the source in bytes, including its external data.</summary>
    public required long SizeBefore { get; init; }

    /// <summary>The size of the new file in bytes.</summary>
    public required long SizeAfter { get; init; }

    /// <summary>SizeAfter / SizeBefore.</summary>
    public double Ratio => (double)SizeAfter / SizeBefore;

    /// <summary>The number of weight matrices that are now stored in another format.</summary>
    public required int Layers { get; init; }

    /// <summary>The weights that were not converted: the tensor and the reason.</summary>
    public required IReadOnlyList<string> Skipped { get; init => field = CellText.List(value); }

    /// <summary>The execution provider that both models ran on, such as CPU.</summary>
    public required string Provider { get; init; }

    /// <summary>The errors of each output on the same inputs; empty if the model was not run.</summary>
    public required IReadOnlyList<OutputError> Outputs { get; init => field = CellText.List(value); }

    /// <summary>
    /// The dimensions of the inputs, such as <c>features [16, 300]</c>; empty if the model was not run.
    /// </summary>
    public IReadOnlyList<string> Inputs { get; init => field = CellText.List(value); } = CellText.List<string>([]);

    /// <summary>
    /// The dimensions of the inputs, if the model did not run with dynamic dimensions of 1 and larger ones were found
    /// by trying; otherwise empty.
    /// </summary>
    public string ChosenInputs { get; init; } = string.Empty;

    /// <summary>Why the model was not run; empty if it was.</summary>
    public required string Reason { get; init; }

    /// <summary>Why the errors do not show much, such as random numbers in the model; empty if they do.</summary>
    public IReadOnlyList<string> Remarks { get; init => field = CellText.List(value); } = CellText.List<string>([]);

    /// <summary>
    /// The largest |converted - source| of all floating-point outputs; null if there are none or the model was not run.
    /// </summary>
    public double? MaxAbsoluteError => Outputs.Max(output => output.MaxAbsoluteError);

    /// <summary>The largest |converted - source| / |source|; null if MaxAbsoluteError is null.</summary>
    public double? MaxRelativeError => Outputs.Max(output => output.MaxRelativeError);
}

/// <summary>How much an output of a converted model differs from that of its source.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="MaxAbsoluteError">
/// The largest |converted - source|; null if the output has no floating-point numbers, or none but NaN.
/// </param>
/// <param name="MaxRelativeError">
/// The largest |converted - source| / |source|; null if the output has no floating-point numbers.
/// </param>
/// <param name="FirstDifference">
/// For an output without floating-point numbers, the first difference; for others, the first without a finite distance,
/// such as NaN; otherwise null.
/// </param>
public sealed record OutputError(
    string Name,
    double? MaxAbsoluteError,
    double? MaxRelativeError,
    string? FirstDifference)
{
    // Infinite tolerance: all errors are reported, none is too large.
    private static readonly ValueComparer s_any = new(double.PositiveInfinity, 0);

    /// <summary>Returns the name and, if there is one, the error.</summary>
    public override string ToString() => MaxAbsoluteError is double error
        ? FormattableString.Invariant($"{ShownText.Value(Name)}: {error:G3}")
        : ShownText.Value(FirstDifference ?? Name);

    /// <summary>Measures the errors of an output.</summary>
    /// <param name="name">The output's name.</param>
    /// <param name="given">The converted model's output.</param>
    /// <param name="expected">The source's output.</param>
    /// <param name="doubt">Why agreement does not show much; null if it does.</param>
    internal static OutputError Measure(string name, OnnxValue given, OnnxValue expected, out string? doubt)
    {
        var difference = new ValueDifference();
        s_any.Compare(name, given, expected, difference);
        doubt = s_any.Doubt(name, difference);
        bool isMeasured = difference.First is not null || difference.Floats > difference.NaNs;
        if (!HasFloats(expected) || !isMeasured)
        {
            return new OutputError(name, null, null, difference.First);
        }

        // Values of different shapes have no finite distance, nor has a number from NaN.
        bool isApart = difference.First is not null && difference.MaxAbsoluteError == 0;
        return new OutputError(
            name,
            isApart ? double.PositiveInfinity : difference.MaxAbsoluteError,
            isApart ? double.PositiveInfinity : difference.MaxRelativeError,
            difference.First);
    }

    private static bool HasFloats(OnnxValue value) => value switch
    {
        OnnxTensor tensor => tensor.ElementType.IsFloatingPoint(),
        OnnxSequence sequence => sequence.Items.Any(HasFloats),
        OnnxMap map => HasFloats(map.Values),
        OnnxOptional { Value: OnnxValue inner } => HasFloats(inner),
        _ => false,
    };
}
