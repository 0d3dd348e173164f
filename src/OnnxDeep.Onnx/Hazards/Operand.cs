using System.Runtime.InteropServices;

using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Onnx.Hazards;

/// <summary>A value that reaches a node without being calculated: an input of the model or a constant.</summary>
/// <param name="What">What it is, for messages, such as <c>the input 'd'</c>.</param>
/// <param name="Tensor">The value before the casts.</param>
/// <param name="Casts">The types that nodes on the way convert it to, first to last.</param>
/// <param name="KeepsShape">Whether the node takes it in the same shape.</param>
internal sealed record Operand(
    string What, OnnxTensor Tensor, IReadOnlyList<OnnxElementType> Casts, bool KeepsShape)
{
    /// <summary>The type of the numbers that reach the node.</summary>
    public OnnxElementType Type => Casts.Count > 0 ? Casts[^1] : Tensor.ElementType;

    /// <summary>The shape that reaches the node; null if it is another.</summary>
    public IReadOnlyList<long>? Shape => KeepsShape ? Tensor.Shape : null;

    /// <summary>The whole numbers that reach the node; null if it takes another type.</summary>
    /// <returns>uint64 in the same 64 bits.</returns>
    public long[]? ReadWhole()
    {
        if (!IsWhole(Type) || !(IsWhole(Tensor.ElementType) || IsConvertible(Tensor.ElementType)))
        {
            return null;
        }

        if (Casts.Count == 0 && Type == OnnxElementType.Int64)
        {
            return MemoryMarshal.Cast<byte, long>(Tensor.Bytes.Span).ToArray();
        }

        long[] numbers = new long[Tensor.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Follow(Tensor.GetElement(i));
        }

        return numbers;
    }

    private static bool IsWhole(OnnxElementType type) => type is OnnxElementType.Int8 or OnnxElementType.Int16
        or OnnxElementType.Int32 or OnnxElementType.Int64 or OnnxElementType.UInt8 or OnnxElementType.UInt16
        or OnnxElementType.UInt32 or OnnxElementType.UInt64;

    private static bool IsConvertible(OnnxElementType type) => type is OnnxElementType.Bool or OnnxElementType.Float
        or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16;

    private long Follow(object element)
    {
        double? real = element is float or double ? Convert.ToDouble(element, null) : null;
        long whole = element switch
        {
            float or double => 0,
            ulong number => unchecked((long)number),
            bool isTrue => isTrue ? 1 : 0,
            _ => Convert.ToInt64(element, null),
        };
        foreach (OnnxElementType type in Casts)
        {
            if (type.IsFloatingPoint())
            {
                real ??= whole;
            }
            else
            {
                whole = Wrap(real is double number ? Truncate(number, type) : whole, type);
                real = null;
            }
        }

        return whole;
    }

    // As processors do it: what does not fit becomes the smallest number of the register.
    private static long Truncate(double number, OnnxElementType type)
    {
        if (type == OnnxElementType.Bool)
        {
            return number != 0 ? 1 : 0;
        }

        bool isWide = type is OnnxElementType.Int64 or OnnxElementType.UInt64 or OnnxElementType.UInt32;
        (double least, double most) = isWide ? (long.MinValue, long.MaxValue) : (int.MinValue, int.MaxValue);
        return number >= least && number <= most ? (long)number : isWide ? long.MinValue : int.MinValue;
    }

    private static long Wrap(long number, OnnxElementType type) => unchecked(type switch
    {
        OnnxElementType.Bool => number != 0 ? 1 : 0,
        OnnxElementType.Int8 => (sbyte)number,
        OnnxElementType.UInt8 => (byte)number,
        OnnxElementType.Int16 => (short)number,
        OnnxElementType.UInt16 => (ushort)number,
        OnnxElementType.Int32 => (int)number,
        OnnxElementType.UInt32 => (uint)number,
        _ => number,
    });
}
