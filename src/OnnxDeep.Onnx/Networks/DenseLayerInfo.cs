namespace OnnxDeep.Onnx.Networks;

/// <summary>A fully connected layer in a model file.</summary>
/// <param name="Name">The node's name, or the name of its weights if the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, otherwise the ONNX operator that follows.</param>
/// <param name="Weights">[inputs, units], Keras's orientation, whatever the orientation in the file.</param>
/// <param name="Biases">[units]; zeros if the file has none.</param>
public sealed record DenseLayerInfo(string Name, string Activation, float[,] Weights, float[] Biases)
{
    /// <summary>The number of inputs.</summary>
    public int Inputs => Weights.GetLength(0);

    /// <summary>The number of outputs.</summary>
    public int Units => Weights.GetLength(1);
}
