using System.Runtime.InteropServices;
using System.Security.Cryptography;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Content;

/// <summary>
/// Determines the size and location of a tensor's content, checked against its shape before anything is read, and
/// summarises it in pieces of 64 KiB.
/// </summary>
internal static class TensorStorage
{
    // The number of bits still fits into a long, even for the largest type.
    private const long MostElements = long.MaxValue / 128;

    // A multiple of every element size.
    private const int PieceBytes = 1 << 16;

    /// <summary>The number of elements that a tensor's shape declares.</summary>
    /// <exception cref="FileFormatException">
    /// The elements would not fit into any memory, or a dimension is negative.
    /// </exception>
    public static long Count(string path, TensorProto tensor) => Count(path, tensor, tensor.Dims);

    /// <summary>The number of elements of a shape.</summary>
    /// <param name="path">For the error.</param>
    /// <param name="tensor">For the error.</param>
    /// <param name="dims">The shape; an empty one is a single element.</param>
    /// <exception cref="FileFormatException">
    /// The elements would not fit into any memory, or a dimension is negative.
    /// </exception>
    public static long Count(string path, TensorProto tensor, IReadOnlyList<long> dims)
    {
        long count = 1;
        foreach (long dim in dims)
        {
            if (dim < 0 || (dim > 0 && count > MostElements / dim))
            {
                throw TensorReader.Damaged(
                    path, tensor, $"declares the shape {ModelText.Shape(dims)}, which does not fit into any memory");
            }

            count *= dim;
        }

        return count;
    }

    /// <summary>
    /// The size of the raw data that a tensor's shape and type require, in bytes; for strings, the actual size.
    /// </summary>
    /// <exception cref="FileFormatException">The data would not fit into any memory.</exception>
    public static long Size(string path, TensorProto tensor) => tensor.DataType == (int)DataType.String
        ? tensor.StringData.Sum(text => (long)text.Length)
        : ((Count(path, tensor) * ElementTypes.Bits(tensor.DataType)) + 7) / 8;

    /// <summary>
    /// Checks that a tensor has the content that it declares, without reading it. The caller checks external data.
    /// </summary>
    /// <exception cref="FileFormatException">The content does not match the declaration.</exception>
    public static void Check(OnnxLayout layout, TensorProto tensor)
    {
        long count = Count(layout.Path, tensor);
        if (IsExternal(tensor))
        {
            // A model that names an absolute path can be described, but neither read nor run.
            if (!ExternalData.IsAbsolute(ExternalData.Location(tensor)))
            {
                _ = ExternalData.Find(layout.Path, tensor);
            }

            return;
        }

        if (tensor.DataType == (int)DataType.String)
        {
            if (tensor.StringData.Count != count)
            {
                throw TensorReader.Damaged(
                    layout.Path,
                    tensor,
                    $"should have {Quantity.Of(count, "text")}, but has {tensor.StringData.Count}");
            }

            return;
        }

        long size = Size(layout.Path, tensor);
        long stored = Stored(layout, tensor);
        if (stored != size && ElementTypes.Bits(tensor.DataType) > 0)
        {
            throw TensorReader.Damaged(
                layout.Path, tensor, $"should have {Quantity.Of(size, "byte")}, but has {stored}");
        }
    }

    /// <summary>Whether a tensor's bytes are in a file beside the model.</summary>
    public static bool IsExternal(TensorProto tensor) => tensor.DataLocation == DataLocation.External;

    /// <summary>Opens a checked tensor's raw data, little endian, wherever it is stored.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="tensor">A tensor that <see cref="Check"/> has accepted.</param>
    /// <param name="length">The number of bytes that follow.</param>
    /// <returns>A stream at the start of the data; for a large tensor, it reads from the file.</returns>
    /// <exception cref="FileFormatException">
    /// External data is missing, too short or outside the model's folder.
    /// </exception>
    public static Stream Open(OnnxLayout layout, TensorProto tensor, out long length)
    {
        length = Size(layout.Path, tensor);
        if (IsExternal(tensor))
        {
            return ExternalData.Open(layout.Path, tensor, length);
        }

        if (layout.Payload(tensor) is OnnxPayload payload)
        {
            return layout.Reopen(payload.Offset);
        }

        byte[] bytes = tensor.HasRawData ? tensor.RawData.ToByteArray() : Typed(tensor);
        return new MemoryStream(bytes);
    }

    /// <summary>Summarises a tensor.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="tensor">A tensor of the model.</param>
    /// <param name="summary">Receives the numbers; null if only the hash is needed.</param>
    /// <param name="cancellationToken">Checked before each piece.</param>
    /// <returns>
    /// SHA-256 of the raw data, in hex; for strings, of their UTF-8 with a zero byte after each; null for an unknown
    /// type.
    /// </returns>
    /// <exception cref="FileFormatException">The tensor does not have the content that it declares.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string? Measure(
        OnnxLayout layout, TensorProto tensor, NumberSummary? summary, CancellationToken cancellationToken)
    {
        Check(layout, tensor);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (tensor.DataType == (int)DataType.String)
        {
            foreach (Google.Protobuf.ByteString text in tensor.StringData)
            {
                hash.AppendData(text.Span);
                hash.AppendData([0]);
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        int bits = ElementTypes.Bits(tensor.DataType);
        if (bits == 0)
        {
            return null;
        }

        long left = Count(layout.Path, tensor);
        using Stream stream = Open(layout, tensor, out long length);
        byte[] piece = new byte[Math.Min(length, PieceBytes)];
        while (length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> bytes = piece.AsSpan(0, (int)Math.Min(length, piece.Length));
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            long count = Math.Min(left, bytes.Length * 8L / bits);
            summary?.Add(bytes, count);
            left -= count;
            length -= bytes.Length;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
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
