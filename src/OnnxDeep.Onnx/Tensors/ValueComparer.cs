using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>
/// Compares values as the ONNX backend tests do: types and shapes must be the same; floating-point numbers may differ
/// by at most absolute + relative · |expected|, NaN equals NaN and an infinity equals itself
/// (numpy.testing.assert_allclose); everything else must be equal.
/// </summary>
/// <param name="absoluteTolerance">0 or more.</param>
/// <param name="relativeTolerance">0 or more.</param>
internal sealed class ValueComparer(double absoluteTolerance, double relativeTolerance)
{
    /// <summary>Whether floating-point numbers of different types are compared anyway, as doubles.</summary>
    public bool AllowsOtherFloats { get; init; }

    /// <summary>Compares two values and records the differences.</summary>
    /// <param name="place">The name of the value, for <see cref="ValueDifference.First"/>.</param>
    /// <param name="given">The actual value.</param>
    /// <param name="expected">The expected value.</param>
    /// <param name="difference">Receives the differences.</param>
    public void Compare(string place, OnnxValue given, OnnxValue expected, ValueDifference difference)
    {
        // A model may declare an output as optional that is stored as a plain value, and the other way round.
        given = Unwrap(given);
        expected = Unwrap(expected);
        switch (given, expected)
        {
            case (OnnxTensor tensor, OnnxTensor other):
                Compare(place, tensor, other, difference);
                break;
            case (OnnxSequence sequence, OnnxSequence other) when sequence.Items.Count == other.Items.Count:
                for (int i = 0; i < sequence.Items.Count; i++)
                {
                    Compare($"{place}[{i}]", sequence.Items[i], other.Items[i], difference);
                }

                break;
            case (OnnxMap map, OnnxMap other):
                Compare($"{place}'s keys", map.Keys, other.Keys, difference);
                Compare($"{place}'s values", map.Values, other.Values, difference);
                break;
            case (OnnxOptional, OnnxOptional):
                break;
            default:
                difference.Add($"{place}: expected {expected}, got {given}");
                break;
        }
    }

    /// <summary>Says why values that agree do not show much; null if there is no such reason.</summary>
    /// <param name="name">The name of the value.</param>
    /// <param name="difference">The differences.</param>
    public string? Doubt(string name, ValueDifference difference)
    {
        double largest = difference.LargestExpected;
        double tolerance = absoluteTolerance + (relativeTolerance * largest);
        return difference.First is not null ? null
            : difference.Elements == 0 ? $"The output '{name}' is empty, so nothing was compared."
            : difference.NaNs > 0 ? FormattableString.Invariant(
                $"{difference.NaNs:N0} of {difference.Floats:N0} numbers of the output '{name}' are NaN on both sides.")
            : largest > 0 && double.IsFinite(tolerance) && tolerance >= 2 * largest ? string.Create(
                CultureInfo.InvariantCulture,
                $"The tolerances exceed the numbers of the output '{name}', {largest:G3} at most: any would pass.")
            : null;
    }

    private static OnnxValue Unwrap(OnnxValue value) =>
        value is OnnxOptional { Value: OnnxValue inner } ? Unwrap(inner) : value;

    private void Compare(string place, OnnxTensor given, OnnxTensor expected, ValueDifference difference)
    {
        if (AllowsOtherFloats && given.ElementType != expected.ElementType)
        {
            given = OnnxTensor.CastFloats(given, OnnxElementType.Double);
            expected = OnnxTensor.CastFloats(expected, OnnxElementType.Double);
        }

        if (given.ElementType != expected.ElementType || !given.Shape.SequenceEqual(expected.Shape))
        {
            difference.Add($"{place}: expected {expected}, got {given}");
            return;
        }

        difference.Elements += expected.Count;
        switch (expected.ElementType)
        {
            case OnnxElementType.Float or OnnxElementType.Complex64:
                CompareNumbers<float>(place, given, expected, difference);
                break;
            case OnnxElementType.Double or OnnxElementType.Complex128:
                CompareNumbers<double>(place, given, expected, difference);
                break;
            case OnnxElementType.Float16:
                CompareNumbers<Half>(place, given, expected, difference);
                break;
            case OnnxElementType.Int64:
                CompareNumbers<long>(place, given, expected, difference);
                break;
            case OnnxElementType.Int32:
                CompareNumbers<int>(place, given, expected, difference);
                break;
            default:
                CompareElements(place, given, expected, difference);
                break;
        }
    }

    private void CompareNumbers<T>(string place, OnnxTensor given, OnnxTensor expected, ValueDifference difference)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> left = MemoryMarshal.Cast<byte, T>(given.Bytes.Span);
        ReadOnlySpan<T> right = MemoryMarshal.Cast<byte, T>(expected.Bytes.Span);
        bool isFloat = expected.ElementType.IsFloatingPoint();
        int parts = Math.Max(1, left.Length / Math.Max(1, expected.Count));
        for (int i = 0; i < left.Length; i++)
        {
            if (isFloat)
            {
                difference.AddExpected(double.CreateChecked(right[i]));
            }

            // Differences of 64-bit numbers can vanish in a double, so test for equality first.
            if (!left[i].Equals(right[i])
                && !IsClose(double.CreateChecked(left[i]), double.CreateChecked(right[i]), isFloat, difference))
            {
                difference.Add(Text(place, expected, i / parts, left[i], right[i]));
            }
        }
    }

    private void CompareElements(string place, OnnxTensor given, OnnxTensor expected, ValueDifference difference)
    {
        bool isFloat = expected.ElementType.IsFloatingPoint();
        bool isNumber = expected.ElementType is not (OnnxElementType.String or OnnxElementType.Bool);
        for (int i = 0; i < expected.Count; i++)
        {
            object left = given.GetElement(i);
            object right = expected.GetElement(i);
            if (isFloat)
            {
                difference.AddExpected(ToDouble(right));
            }

            if (left.Equals(right))
            {
                continue;
            }

            if (!isNumber || !IsClose(ToDouble(left), ToDouble(right), isFloat, difference))
            {
                difference.Add(Text(place, expected, i, left, right));
            }
        }
    }

    private bool IsClose(double given, double expected, bool isFloat, ValueDifference difference)
    {
        difference.AddError(given, expected);
        double tolerance = absoluteTolerance + (relativeTolerance * Math.Abs(expected));
        return isFloat
            && (given.Equals(expected)
                || (double.IsFinite(expected) && Math.Abs(given - expected) <= tolerance));
    }

    private static double ToDouble(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Text(string place, OnnxTensor tensor, int index, object given, object expected) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{place}{TensorShape.PlaceToText(tensor.Shape, index)}: expected {expected}, got {given}");
}
