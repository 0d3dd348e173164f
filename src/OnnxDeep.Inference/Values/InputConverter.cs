using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;

using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>
/// Converts plain .NET values to values that a model's input takes, and reports those that do not fit before the run.
/// </summary>
/// <param name="input">The input.</param>
/// <param name="unwrap">Removes a shell's wrapper from a value.</param>
/// <param name="culture">The culture of numbers in text; null for numbers with a decimal point.</param>
internal sealed class InputConverter(
    OnnxParameter input, Func<object?, object?> unwrap, CultureInfo? culture = null)
{
    private const string WaysOut = "Use a number, an array, nested arrays of equal lengths, or a tensor of that type.";

    /// <summary>
    /// Whether the last value was a single row for an input whose first axis is dynamic, without the batch axis.
    /// </summary>
    public bool IsRow { get; private set; }

    /// <summary>Converts a value.</summary>
    /// <param name="value">
    /// A scalar, arrays, a dictionary for a map, a list for a sequence, null for an optional, or an <see
    /// cref="OnnxValue"/>.
    /// </param>
    /// <exception cref="ModelException">
    /// The value has another type or shape; the message names the input, its type and the given value.
    /// </exception>
    public OnnxValue Convert(object? value)
    {
        IsRow = false;
        return Convert(value, input.Type);
    }

    private OnnxValue Convert(object? value, OnnxType type)
    {
        value = unwrap(value);
        switch (type.Kind)
        {
            case OnnxTypeKind.Optional when value is null or OnnxOptional { Value: null }:
                return new OnnxOptional(null);
            case OnnxTypeKind.Optional:
                return Convert(value is OnnxOptional optional ? optional.Value : value, type.Item!);
            case OnnxTypeKind.Sequence when value is OnnxSequence sequence:
                return new OnnxSequence([.. sequence.Items.Select(item => Convert(item, type.Item!))]);
            case OnnxTypeKind.Sequence when value is IEnumerable and not string and not IDictionary:
                return new OnnxSequence(
                    [.. ((IEnumerable)value).Cast<object?>().Select(item => Convert(item, type.Item!))]);
            case OnnxTypeKind.Map when value is OnnxMap map:
                return map;
            case OnnxTypeKind.Map when value is IDictionary pairs:
                return new OnnxMap(
                    ToTensor(pairs.Keys.Cast<object>().ToArray(), type.ElementType),
                    ToTensor(pairs.Values.Cast<object>().ToArray(), type.Item!.ElementType));
            case OnnxTypeKind.Tensor when value is OnnxTensor tensor:
                return tensor.ElementType == type.ElementType ? Fit(tensor, type) : throw TypeMismatch(tensor);
            case OnnxTypeKind.Tensor when value is not null and not OnnxValue and not IDictionary:
                return Fit(ToTensor(value, type.ElementType), type);
            default:
                throw TypeMismatch(value);
        }
    }

    private OnnxTensor ToTensor(object value, OnnxElementType type)
    {
        if (value is TensorArray rows && rows.Tensor.ElementType == type)
        {
            return rows.Tensor;
        }

        if (value is Array array && Copy(array, type) is OnnxTensor copied)
        {
            return copied;
        }

        if (NestedElements.Read(value, unwrap) is not (long[] shape, IReadOnlyList<object?> elements))
        {
            throw new ModelException(
                ErrorIds.InputShapeMismatch,
                $"The input '{input.Name}' takes {input.Type}, but the given rows have different lengths. {WaysOut}");
        }

        if (type == OnnxElementType.String)
        {
            return new OnnxTensor(shape, [.. elements.Select(item => item as string ?? throw TypeMismatch(item))]);
        }

        int size = type.GetSize();
        byte[] bytes = new byte[(long)elements.Count * size];
        for (int i = 0; i < elements.Count; i++)
        {
            object? element = ReadText(elements[i]);
            if (size == 0 || !ElementWriter.TryWrite(element, type, bytes.AsSpan(i * size, size)))
            {
                throw ElementWriter.FindRange(element, type) is string range
                    ? OutOfRange(elements[i], type, range)
                    : TypeMismatch(elements[i]);
            }
        }

        return new OnnxTensor(type, shape, bytes);
    }

    // No column shows here whether a comma is a thousands mark.
    private object? ReadText(object? element)
    {
        if (element is not string text)
        {
            return element;
        }

        NumberKind kind = NumberText.Normalize(text, culture, out string plain);
        return kind is NumberKind.Grouped or NumberKind.Ambiguous
            ? throw new ModelException(
                ErrorIds.NumberAmbiguous,
                $"The input '{input.Name}' takes {input.Type}, but '{text}' was given, {NumberText.Explain(culture)}")
            : kind is NumberKind.Number or NumberKind.Boolean ? plain
            : text;
    }

    // An array of the same element type is copied without inspecting its elements.
    private static OnnxTensor? Copy(Array array, OnnxElementType type)
    {
        int size = type.GetSize();
        if (size == 0
            || type.IsConverted()
            || array.GetType().GetElementType() != type.GetElementClass()
            || array.LongLength > Array.MaxLength / size)
        {
            return null;
        }

        byte[] bytes = new byte[array.Length * size];
        MemoryMarshal.CreateReadOnlySpan(
            ref MemoryMarshal.GetArrayDataReference(array), bytes.Length).CopyTo(bytes);
        return new OnnxTensor(
            type, [.. Enumerable.Range(0, array.Rank).Select(axis => array.GetLongLength(axis))], bytes);
    }

    // A single row becomes a batch of one, and a scalar becomes a tensor of one element.
    private OnnxTensor Fit(OnnxTensor tensor, OnnxType type)
    {
        if (type.Shape is not IReadOnlyList<OnnxDimension> expected || Matches(tensor.Shape, expected))
        {
            return tensor;
        }

        long[] row = [1, .. tensor.Shape];
        long[] one = [.. expected.Select(_ => 1L)];
        IsRow = input.Type.Kind == OnnxTypeKind.Tensor && expected is [{ Extent: null }, ..];
        return Matches(row, expected) ? tensor.Reshape(row)
            : tensor.Shape.Count == 0 && Matches(one, expected) ? tensor.Reshape(one)
            : throw new ModelException(
                ErrorIds.InputShapeMismatch,
                $"The input '{input.Name}' takes {input.Type}, but {tensor} was given. Use a value of that shape.");
    }

    private static bool Matches(IReadOnlyList<long> shape, IReadOnlyList<OnnxDimension> expected) =>
        shape.Count == expected.Count
        && shape.Zip(expected).All(pair => pair.Second.Extent is null || pair.Second.Extent == pair.First);

    private ModelException OutOfRange(object? value, OnnxElementType type, string range) => new(
        ErrorIds.InputTypeMismatch,
        FormattableString.Invariant($"The input '{input.Name}' takes {input.Type}, but {value} is beyond the range of ")
        + $"{type.GetName()}, {range}. Use a value in that range.");

    private ModelException TypeMismatch(object? value)
    {
        string given = value switch
        {
            null => "nothing",
            OnnxValue known => known.ToString()!,
            string text => $"the text '{text}'",
            _ => FormattableString.Invariant($"{value} ({value.GetType().Name})"),
        };
        return new ModelException(
            ErrorIds.InputTypeMismatch,
            $"The input '{input.Name}' takes {input.Type}, but {given} was given. {WaysOut}");
    }
}
