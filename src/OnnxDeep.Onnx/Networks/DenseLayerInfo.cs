namespace OnnxDeep.Onnx.Networks;

/// <summary>A fully connected layer as it was found in a model file.</summary>
/// <param name="Name">The node's name, or the name of its weights where the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, else the ONNX operator that follows.</param>
/// <param name="Weights">[inputs, units], Keras's orientation, whatever the file's.</param>
/// <param name="Biases">[units]; zeros where the file has none.</param>
public sealed record DenseLayerInfo(string Name, string Activation, float[,] Weights, float[] Biases)
{
    /// <summary>The numbers that come in.</summary>
    public int Inputs => Weights.GetLength(0);

    /// <summary>The numbers that go out.</summary>
    public int Units => Weights.GetLength(1);
}
