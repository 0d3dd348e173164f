using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Words.Formats.Embeddings;

/// <summary>A table of vectors in an ONNX model, from which a Gather takes rows.</summary>
/// <param name="Name">The tensor's name, or that of the Constant's output.</param>
/// <param name="Tensor">[rows, dimensions], of a float type.</param>
/// <param name="Words">The words of the rows, where the model has them.</param>
internal sealed record EmbeddingTable(string Name, TensorProto Tensor, EmbeddingWords? Words)
{
    /// <summary>The rows.</summary>
    public long Rows => Tensor.Dims[0];

    /// <summary>The numbers of a row.</summary>
    public long Dimensions => Tensor.Dims[1];
}
