using System.Runtime.InteropServices;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Words.Formats.Arrays;

namespace OnnxDeep.Words.Formats.Embeddings;

/// <summary>Opens the numbers of a tensor, wherever they are stored, for reading by row.</summary>
internal static class OnnxRows
{
    /// <summary>The storage type of the tensor's numbers; null if they are not floats.</summary>
    public static FloatType? TypeOf(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType switch
    {
        TensorProto.Types.DataType.Float => new FloatType(FloatKind.Float32, false),
        TensorProto.Types.DataType.Double => new FloatType(FloatKind.Float64, false),
        TensorProto.Types.DataType.Float16 => new FloatType(FloatKind.Float16, false),
        TensorProto.Types.DataType.Bfloat16 => new FloatType(FloatKind.BFloat16, false),
        _ => null,
    };

    /// <summary>Opens a table.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="table">A table of a floating-point type.</param>
    /// <param name="stream">The stream that the rows are read from; the caller must close it.</param>
    /// <exception cref="FileFormatException">The number of values does not match the tensor's shape.</exception>
    /// <exception cref="FileFormatException">The extents exceed the limits of a table.</exception>
    public static FloatRows Open(OnnxLayout layout, EmbeddingTable table, out Stream stream)
    {
        TensorProto tensor = table.Tensor;
        FloatType type = TypeOf(tensor)!.Value;
        if (table.Rows is < 1 or > SourceLimits.Rows || table.Dimensions is < 1 or > SourceLimits.Dimensions)
        {
            throw new FileFormatException(
                layout.Path,
                0,
                $"at most {SourceLimits.Rows} rows of 1 to {SourceLimits.Dimensions} numbers in '{table.Name}', "
                + $"found {table.Rows} of {table.Dimensions}");
        }

        long length = table.Rows * table.Dimensions * type.Size;
        string path = layout.Path;
        long start = 0;
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            FileStream file = ExternalData.Open(path, tensor, length);
            (stream, start, path) = (file, file.Position, file.Name);
        }
        else if (layout.Payload(tensor) is OnnxPayload payload)
        {
            CheckPayload(layout.Path, tensor, payload, type, length);
            stream = SourceFile.OpenFile(path);
            stream.Position = start = payload.Offset;
        }
        else
        {
            // Only a few numbers, or some that are not stored as an array of bytes.
            float[] numbers = TensorReader.ReadFloats(path, tensor)!;
            stream = new MemoryStream(MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
            type = new FloatType(FloatKind.Float32, false);
        }

        return new FloatRows(new SourceReader(stream, path, start), type, table.Rows, (int)table.Dimensions);
    }

    private static void CheckPayload(string path, TensorProto tensor, OnnxPayload payload, FloatType type, long length)
    {
        bool isOfType = payload.Field switch
        {
            TensorProto.FloatDataFieldNumber => type.Kind == FloatKind.Float32,
            TensorProto.DoubleDataFieldNumber => type.Kind == FloatKind.Float64,
            _ => true,
        };
        if (!isOfType || payload.Length != length)
        {
            throw TensorReader.Damaged(path, tensor, $"should have {length} bytes, but has {payload.Length}");
        }
    }
}
