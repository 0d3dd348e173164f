using System.Globalization;

using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Conversion;

/// <summary>Compares the outputs of two models for the same inputs.</summary>
internal static class OutputErrors
{
    // Infinite tolerance: all errors are reported, none is too large.
    private static readonly ValueComparer s_any = new(double.PositiveInfinity, 0);

    /// <summary>Measures the errors of an output.</summary>
    /// <param name="name">The output's name.</param>
    /// <param name="given">The converted model's output.</param>
    /// <param name="expected">The source's output.</param>
    public static OutputError Measure(string name, OnnxValue given, OnnxValue expected)
    {
        var difference = new ValueDifference();
        s_any.Compare(name, given, expected, difference);
        if (!HasFloats(expected))
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

    /// <summary>Returns the first difference that is not due to rounding, in words; null if there is none.</summary>
    /// <param name="name">The name of the compared value.</param>
    /// <param name="given">The actual value.</param>
    /// <param name="expected">The expected value; its largest number determines the tolerance for rounding.</param>
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
