using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>Puts numbers into a model's tensors.</summary>
internal static class TensorContent
{
    /// <summary>Gives a tensor other numbers of another type and of the same shape.</summary>
    /// <param name="tensor">Is changed; whatever else it says stays.</param>
    /// <param name="type">The numbers' type.</param>
    /// <param name="values">Row-major.</param>
    public static void Set<T>(TensorProto tensor, DataType type, T[] values)
        where T : unmanaged =>
        Set(tensor, type, MemoryMarshal.AsBytes<T>(values).ToArray());

    /// <summary>Reads the numbers of tensors from the files beside the model into the model.</summary>
    /// <param name="model">Is changed.</param>
    /// <param name="path">The model's file.</param>
    /// <param name="cancellationToken">Looked at before each tensor.</param>
    /// <exception cref="FileFormatException">
    /// A file is missing or too short, or lies outside the model's folder.
    /// </exception>
    public static void Embed(ModelProto model, string path, CancellationToken cancellationToken)
    {
        foreach (TensorProto tensor in FindExternal(model))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Set(tensor, (DataType)tensor.DataType, ExternalData.Read(path, tensor, TensorStorage.Size(path, tensor)));
        }
    }

    /// <summary>The tensors whose numbers stand in other files.</summary>
    public static IEnumerable<TensorProto> FindExternal(ModelProto model) =>
        FindAll(model).Where(tensor => TensorStorage.IsExternal(tensor));

    /// <summary>All tensors of a model, wherever they are.</summary>
    public static IEnumerable<TensorProto> FindAll(ModelProto model) => StoredTensor.Of(model)
        .SelectMany(stored => stored.Sparse is null ? [stored.Tensor] : All(stored.Sparse))
        .Concat(GraphScope.Of(model)
            .SelectMany(scope => scope.Nodes)
            .SelectMany(node => node.Attribute)
            .SelectMany(attribute => attribute.Tensors
                .Concat(attribute.T is null ? [] : [attribute.T])
                .Concat(attribute.SparseTensor is null ? [] : All(attribute.SparseTensor))
                .Concat(attribute.SparseTensors.SelectMany(All))));

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
