using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Files;

/// <summary>A stored tensor as a node sees it.</summary>
/// <param name="Tensor">What is stored.</param>
/// <param name="IsTransposed">Whether the node sees it transposed.</param>
/// <param name="ElementType">The type of the numbers that the node sees.</param>
/// <param name="Names">The values from the node back to the tensor, which is the last.</param>
internal sealed record StoredValue(
    TensorProto Tensor, bool IsTransposed, DataType ElementType, IReadOnlyList<string> Names);
