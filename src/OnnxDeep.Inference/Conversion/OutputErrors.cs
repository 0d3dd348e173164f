using System.Globalization;

using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Conversion;

/// <summary>Compares what two models give for the same inputs.</summary>
internal static class OutputErrors
{
    // Every error is to be told, so none is too large.
    private static readonly ValueComparer s_any = new(double.PositiveInfinity, 0);

    /// <summary>The errors of an output.</summary>
    /// <param name="name">The output.</param>
    /// <param name="given">What the converted model gives.</param>
    /// <param name="expected">What the source gives.</param>
    public static OutputError Measure(string name, OnnxValue given, OnnxValue expected)
    {
        var difference = new ValueDifference();
        s_any.Compare(name, given, expected, difference);
        if (!HasFloats(expected))
        {
            return new OutputError(name, null, null, difference.First);
        }

        // Values of different shapes have no distance, and a number has none from NaN.
        bool isApart = difference.First is not null && difference.MaxAbsoluteError == 0;
        return new OutputError(
            name,
            isApart ? double.PositiveInfinity : difference.MaxAbsoluteError,
            isApart ? double.PositiveInfinity : difference.MaxRelativeError,
            difference.First);
    }

    /// <summary>Whether a value is the same but for rounding; null if so, else the first difference in words.</summary>
    /// <param name="name">What is compared.</param>
    /// <param name="given">What came out.</param>
    /// <param name="expected">What should have come out; what counts as rounding goes by its largest number.</param>
    public static string? FindDifference(string name, OnnxValue given, OnnxValue expected)
    {
        const double Rounding = 1e-5;
        const double RelativeRounding = 1e-3;
        var difference = new ValueDifference();
        new ValueComparer(Rounding * Math.Max(Largest(expected), 1e-3), RelativeRounding)
            .Compare(name, given, expected, difference);
        return difference.First;
    }

    private static bool HasFloats(OnnxValue value) => value switch
    {
        OnnxTensor tensor => tensor.ElementType.IsFloatingPoint(),
        OnnxSequence sequence => sequence.Items.Any(HasFloats),
        OnnxMap map => HasFloats(map.Values),
        OnnxOptional { Value: OnnxValue inner } => HasFloats(inner),
        _ => false,
    };

    private static double Largest(OnnxValue value) =>
        value is OnnxTensor { ElementType: OnnxElementType.Float or OnnxElementType.Double } tensor
            ? Enumerable.Range(0, tensor.Count)
                .Select(index => Math.Abs(Convert.ToDouble(tensor.GetElement(index), CultureInfo.InvariantCulture)))
                .Where(double.IsFinite)
                .DefaultIfEmpty(1)
                .Max()
            : 1;
}
