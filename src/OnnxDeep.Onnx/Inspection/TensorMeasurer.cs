using System.Security.Cryptography;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>Reads tensors of any size in pieces of 64 KiB, and summarises their content.</summary>
internal static class TensorMeasurer
{
    // A multiple of every element size.
    private const int PieceBytes = 1 << 16;

    /// <summary>Summarises a tensor.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="tensor">A tensor of the model.</param>
    /// <param name="summary">Receives the numbers.</param>
    /// <param name="cancellationToken">Checked before each piece.</param>
    /// <returns>
    /// SHA-256 of the raw data, in hex; for strings, of their UTF-8 with a zero byte after each; null for an unknown
    /// type.
    /// </returns>
    /// <exception cref="FileFormatException">The tensor does not have the content that it declares.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string? Measure(
        OnnxLayout layout, TensorProto tensor, NumberSummary summary, CancellationToken cancellationToken)
    {
        TensorStorage.Check(layout, tensor);
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

        long left = TensorStorage.Count(layout.Path, tensor);
        using Stream stream = TensorStorage.Open(layout, tensor, out long length);
        byte[] piece = new byte[Math.Min(length, PieceBytes)];
        while (length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> bytes = piece.AsSpan(0, (int)Math.Min(length, piece.Length));
            stream.ReadExactly(bytes);
            hash.AppendData(bytes);
            long count = Math.Min(left, bytes.Length * 8L / bits);
            summary.Add(bytes, count);
            left -= count;
            length -= bytes.Length;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
