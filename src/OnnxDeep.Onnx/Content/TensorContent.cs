using System.Buffers;
using System.Runtime.InteropServices;

using Google.Protobuf;

using Microsoft.Win32.SafeHandles;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Content;

/// <summary>Finds and replaces the numbers in a model's tensors.</summary>
internal static class TensorContent
{
    private const int PieceBytes = 1 << 16;

    // The field 'key' of a StringStringEntryProto.
    private static readonly byte[][] s_locationField = ["\n\blocation"u8.ToArray()];

    /// <summary>Gives a tensor new numbers of another type in the same shape.</summary>
    /// <param name="tensor">The tensor, whose other fields are unchanged.</param>
    /// <param name="type">The type of the numbers.</param>
    /// <param name="values">The numbers, row-major.</param>
    public static void Set<T>(TensorProto tensor, DataType type, T[] values)
        where T : unmanaged =>
        Set(tensor, type, MemoryMarshal.AsBytes<T>(values).ToArray());

    /// <summary>Moves the numbers of tensors from external files into the model.</summary>
    /// <param name="model">The model, which is changed.</param>
    /// <param name="path">The model's file.</param>
    /// <param name="cancellationToken">Checked before each tensor.</param>
    /// <exception cref="FileFormatException">
    /// A file is missing or too short, or is outside the model's folder.
    /// </exception>
    public static void Embed(ModelProto model, string path, CancellationToken cancellationToken)
    {
        foreach (TensorProto tensor in FindExternal(model))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Set(tensor, (DataType)tensor.DataType, ExternalData.Read(path, tensor, TensorStorage.Size(path, tensor)));
        }
    }

    /// <summary>The tensors whose numbers are in other files.</summary>
    public static IEnumerable<TensorProto> FindExternal(ModelProto model) =>
        FindAll(model).Where(tensor => TensorStorage.IsExternal(tensor));

    /// <summary>All tensors of a model, including those in bodies and attributes.</summary>
    public static IEnumerable<TensorProto> FindAll(ModelProto model) => StoredTensor.Of(model)
        .Where(stored => !stored.IsConstant)
        .SelectMany(stored => stored.Sparse is null ? [stored.Tensor] : All(stored.Sparse))
        .Concat(GraphScope.Of(model)
            .SelectMany(scope => scope.Nodes)
            .SelectMany(node => node.Attribute)
            .SelectMany(attribute => attribute.Tensors
                .Concat(attribute.T is null ? [] : [attribute.T])
                .Concat(attribute.SparseTensor is null ? [] : All(attribute.SparseTensor))
                .Concat(attribute.SparseTensors.SelectMany(All))));

    /// <summary>The paths of a model's external data, without checking whether they exist.</summary>
    /// <param name="stream">The model; its position is not used.</param>
    /// <param name="path">The path of the model.</param>
    /// <returns>Empty if the model is not valid.</returns>
    public static IReadOnlyList<string> FindExternalFiles(FileStream stream, string path)
    {
        // Most models have no external data, and to parse a model takes longer than to load a small one.
        if (!ContainsAny(stream.SafeFileHandle, s_locationField))
        {
            return [];
        }

        try
        {
            stream.Position = 0;
            return
            [
                .. FindExternal(OnnxLayout.Read(stream, path).Model)
                    .Select(ExternalData.Location)
                    .Distinct(StringComparer.Ordinal)
                    .Select(location => ExternalData.Combine(Path.GetDirectoryName(path)!, location))
                    .OfType<string>(),
            ];
        }
        catch (FileFormatException)
        {
            return [];
        }
    }

    /// <summary>Whether a file contains one of several short texts.</summary>
    public static bool ContainsAny(SafeFileHandle file, byte[][] texts)
    {
        int longest = 0;
        foreach (byte[] text in texts)
        {
            longest = Math.Max(longest, text.Length);
        }

        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int count;
            for (long offset = 0; (count = RandomAccess.Read(file, piece, offset)) > 0;)
            {
                foreach (byte[] text in texts)
                {
                    if (piece.AsSpan(0, count).IndexOf(text) >= 0)
                    {
                        return true;
                    }
                }

                if (count < longest)
                {
                    return false;
                }

                offset += count - longest + 1;
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static IEnumerable<TensorProto> All(SparseTensorProto sparse) =>
        new[] { sparse.Values, sparse.Indices }.OfType<TensorProto>();

    private static void Set(TensorProto tensor, DataType type, byte[] bytes)
    {
        tensor.DataType = (int)type;
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(bytes);
        tensor.FloatData.Clear();
        tensor.DoubleData.Clear();
        tensor.Int32Data.Clear();
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
    }
}
