using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>The location of a dense layer in a graph; its numbers have not been read.</summary>
/// <param name="Name">The node's name, or the name of its weights if the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, otherwise the ONNX operator that follows.</param>
/// <param name="Weights">A two-dimensional float tensor.</param>
/// <param name="IsTransposed">Whether the tensor is [units, inputs] instead of [inputs, units].</param>
/// <param name="Biases">
/// A float tensor with one number per unit, or one for all units; null if there are no biases.
/// </param>
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
    /// <summary>The number of inputs according to the file.</summary>
    public long Inputs => Weights.Dims[IsTransposed ? 1 : 0];

    /// <summary>The number of outputs according to the file.</summary>
    public long Units => Weights.Dims[IsTransposed ? 0 : 1];
}
