using System.Runtime.InteropServices;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>How much a tensor holds and where, checked against its shape before anything is read.</summary>
internal static class TensorStorage
{
    // Bits of the largest type still fit a long.
    private const long MostElements = long.MaxValue / 128;

    /// <summary>The elements that a tensor's shape declares.</summary>
    /// <exception cref="FileFormatException">No memory can hold them, or a dimension is below zero.</exception>
    public static long Count(string path, TensorProto tensor) => Count(path, tensor, tensor.Dims);

    /// <summary>The elements of a shape.</summary>
    /// <param name="path">For the error.</param>
    /// <param name="tensor">For the error.</param>
    /// <param name="dims">The shape; none is a single element.</param>
    /// <exception cref="FileFormatException">No memory can hold them, or a dimension is below zero.</exception>
    public static long Count(string path, TensorProto tensor, IReadOnlyList<long> dims)
    {
        long count = 1;
        foreach (long dim in dims)
        {
            if (dim < 0 || (dim > 0 && count > MostElements / dim))
            {
                throw TensorReader.Damaged(
                    path, tensor, $"declares the shape {TypeText.Shape(dims)}, which no memory can hold");
            }

            count *= dim;
        }

        return count;
    }

    /// <summary>The bytes of raw data that a tensor's shape and type ask for; of strings, those that it has.</summary>
    /// <exception cref="FileFormatException">No memory can hold them.</exception>
    public static long Size(string path, TensorProto tensor) => tensor.DataType == (int)DataType.String
        ? tensor.StringData.Sum(text => (long)text.Length)
        : ((Count(path, tensor) * ElementTypes.Bits(tensor.DataType)) + 7) / 8;

    /// <summary>
    /// Makes sure that a tensor holds what it declares; nothing is read. External data is the caller's to check.
    /// </summary>
    /// <exception cref="FileFormatException">It does not.</exception>
    public static void Check(OnnxLayout layout, TensorProto tensor)
    {
        long count = Count(layout.Path, tensor);
        if (IsExternal(tensor))
        {
            _ = ExternalData.Find(layout.Path, tensor);
            return;
        }

        if (tensor.DataType == (int)DataType.String)
        {
            if (tensor.StringData.Count != count)
            {
                throw TensorReader.Damaged(
                    layout.Path, tensor, $"should have {count} texts and has {tensor.StringData.Count}");
            }

            return;
        }

        long size = Size(layout.Path, tensor);
        long stored = Stored(layout, tensor);
        if (stored != size && ElementTypes.Bits(tensor.DataType) > 0)
        {
            throw TensorReader.Damaged(layout.Path, tensor, $"should have {size} bytes and has {stored}");
        }
    }

    /// <summary>Whether a tensor's bytes stand in a file beside the model.</summary>
    public static bool IsExternal(TensorProto tensor) => tensor.DataLocation == DataLocation.External;

    /// <summary>A checked tensor's raw data, little endian, from wherever they are; at their start.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="tensor">One that <see cref="Check"/> let pass.</param>
    /// <param name="length">How many bytes follow.</param>
    /// <returns>A large tensor's stream reads from the file.</returns>
    /// <exception cref="FileFormatException">External data is missing, too short or elsewhere.</exception>
    public static Stream Open(OnnxLayout layout, TensorProto tensor, out long length)
    {
        length = Size(layout.Path, tensor);
        if (IsExternal(tensor))
        {
            return ExternalData.Open(layout.Path, tensor, length);
        }

        if (layout.Payload(tensor) is OnnxPayload payload)
        {
            FileStream file = OnnxLayout.OpenFile(layout.Path);
            file.Position = payload.Offset;
            return file;
        }

        byte[] bytes = tensor.HasRawData ? tensor.RawData.ToByteArray() : Typed(tensor);
        return new MemoryStream(bytes);
    }

    private static long Stored(OnnxLayout layout, TensorProto tensor) => layout.Payload(tensor) is OnnxPayload payload
        ? payload.Field == TensorProto.RawDataFieldNumber || payload.Field == TypedField(tensor) ? payload.Length : -1
        : tensor.HasRawData ? tensor.RawData.Length : TypedLength(tensor);

    private static int TypedField(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Float or DataType.Complex64 => TensorProto.FloatDataFieldNumber,
        DataType.Double or DataType.Complex128 => TensorProto.DoubleDataFieldNumber,
        DataType.Int64 => TensorProto.Int64DataFieldNumber,
        DataType.Uint32 or DataType.Uint64 => TensorProto.Uint64DataFieldNumber,
        _ => TensorProto.Int32DataFieldNumber,
    };

    // Types of less than a byte are packed, and each entry holds a byte of them.
    private static int EntryBytes(TensorProto tensor) => Math.Max(ElementTypes.Bits(tensor.DataType), 8) / 8;

    private static long TypedLength(TensorProto tensor) => TypedField(tensor) switch
    {
        TensorProto.FloatDataFieldNumber => (long)tensor.FloatData.Count * sizeof(float),
        TensorProto.DoubleDataFieldNumber => (long)tensor.DoubleData.Count * sizeof(double),
        TensorProto.Int64DataFieldNumber => (long)tensor.Int64Data.Count * sizeof(long),
        TensorProto.Uint64DataFieldNumber => (long)tensor.Uint64Data.Count * EntryBytes(tensor),
        _ => (long)tensor.Int32Data.Count * EntryBytes(tensor),
    };

    private static byte[] Typed(TensorProto tensor) => TypedField(tensor) switch
    {
        TensorProto.FloatDataFieldNumber => MemoryMarshal.AsBytes<float>(tensor.FloatData.ToArray()).ToArray(),
        TensorProto.DoubleDataFieldNumber => MemoryMarshal.AsBytes<double>(tensor.DoubleData.ToArray()).ToArray(),
        TensorProto.Int64DataFieldNumber => MemoryMarshal.AsBytes<long>(tensor.Int64Data.ToArray()).ToArray(),
        TensorProto.Uint64DataFieldNumber => Narrow(
            tensor.Uint64Data.Select(value => (long)value), tensor.Uint64Data.Count, EntryBytes(tensor)),
        _ => Narrow(tensor.Int32Data.Select(value => (long)value), tensor.Int32Data.Count, EntryBytes(tensor)),
    };

    private static byte[] Narrow(IEnumerable<long> values, int count, int width)
    {
        byte[] bytes = new byte[(long)count * width];
        int place = 0;
        foreach (long value in values)
        {
            for (int i = 0; i < width; i++)
            {
                bytes[place++] = (byte)(value >> (8 * i));
            }
        }

        return bytes;
    }
}
