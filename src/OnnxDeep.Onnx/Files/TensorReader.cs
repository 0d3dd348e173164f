using System.Buffers.Binary;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Files;

/// <summary>Reads stored tensors as floats from any of the places where ONNX can store their numbers.</summary>
internal static class TensorReader
{
    /// <summary>All numbers in row-major order, or null if the type is not a floating-point type.</summary>
    public static float[]? ReadFloats(string path, TensorProto tensor)
    {
        var type = (TensorProto.Types.DataType)tensor.DataType;
        int size = type switch
        {
            TensorProto.Types.DataType.Float => 4,
            TensorProto.Types.DataType.Double => 8,
            TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16 => 2,
            _ => 0,
        };
        if (size == 0)
        {
            return null;
        }

        // Buffer.BlockCopy and byte arrays are limited to 31-bit lengths.
        long count = CountOrNull(tensor.Dims) ?? throw Damaged(path, tensor, "has a shape that no array can hold");
        if (count > Array.MaxLength / Math.Max(size, sizeof(float)))
        {
            throw Damaged(path, tensor, $"has {Quantity.Of(count, "number")}, too many for one array");
        }

        // The numbers are in the raw bytes, in an external file or in the typed list, never in two of them.
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            return Decode(type, ExternalData.Read(path, tensor, count * size));
        }

        if (tensor.HasRawData)
        {
            return tensor.RawData.Length == count * size
                ? Decode(type, tensor.RawData.Span)
                : throw Damaged(
                    path,
                    tensor,
                    $"should have {Quantity.Of(count * size, "byte")}, but has {tensor.RawData.Length}");
        }

        float[] values = type switch
        {
            TensorProto.Types.DataType.Float => [.. tensor.FloatData],
            TensorProto.Types.DataType.Double => [.. tensor.DoubleData.Select(value => (float)value)],
            TensorProto.Types.DataType.Float16 =>
                [.. tensor.Int32Data.Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))],
            _ => [.. tensor.Int32Data.Select(bits => BitConverter.Int32BitsToSingle(bits << 16))],
        };
        return values.Length == count
            ? values
            : throw Damaged(path, tensor, $"should have {Quantity.Of(count, "number")}, but has {values.Length}");
    }

    /// <summary>Whether <see cref="ReadFloats"/> can read a tensor's type.</summary>
    public static bool IsFloat(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType is
        TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Double
        or TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16;

    /// <summary>The number of elements of a shape; null if it exceeds the limits of .NET arrays.</summary>
    public static long? CountOrNull(IReadOnlyList<long> dims)
    {
        long count = 1;
        foreach (long dim in dims)
        {
            if (dim < 0 || dim > Array.MaxLength || (dim > 0 && count > Array.MaxLength / dim))
            {
                return null;
            }

            count *= dim;
        }

        return count;
    }

    /// <summary>Creates the error for a tensor that contradicts itself.</summary>
    public static FileFormatException Damaged(string path, TensorProto tensor, string problem) => ModelErrors.Create(
        ErrorIds.ModelInvalid, path, $"is damaged: tensor '{tensor.Name}' {problem}. Export it again.");

    private static float[] Decode(TensorProto.Types.DataType type, ReadOnlySpan<byte> bytes)
    {
        int size = type switch
        {
            TensorProto.Types.DataType.Float => 4, TensorProto.Types.DataType.Double => 8, _ => 2,
        };
        float[] values = new float[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> number = bytes.Slice(i * size, size);
            values[i] = type switch
            {
                TensorProto.Types.DataType.Float => BinaryPrimitives.ReadSingleLittleEndian(number),
                TensorProto.Types.DataType.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(number),
                TensorProto.Types.DataType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(number),
                _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(number) << 16),
            };
        }

        return values;
    }
}
