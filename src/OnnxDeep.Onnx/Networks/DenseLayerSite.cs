using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>Where a dense layer stands in a graph; none of its numbers have been read.</summary>
/// <param name="Name">The node's name, or the name of its weights where the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, else the ONNX operator that follows.</param>
/// <param name="Weights">A float tensor of two dimensions.</param>
/// <param name="IsTransposed">Whether the tensor is [units, inputs] instead of [inputs, units].</param>
/// <param name="Biases">A float tensor of one number a unit, or one for all; null where there is none.</param>
/// <param name="Alpha">The factor of the weights.</param>
/// <param name="Beta">The factor of the biases.</param>
internal sealed record DenseLayerSite(
    string Name,
    string Activation,
    TensorProto Weights,
    bool IsTransposed,
    TensorProto? Biases,
    float Alpha,
    float Beta)
{
    /// <summary>The numbers that come in, as the file says.</summary>
    public long Inputs => Weights.Dims[IsTransposed ? 1 : 0];

    /// <summary>The numbers that go out, as the file says.</summary>
    public long Units => Weights.Dims[IsTransposed ? 0 : 1];
}
