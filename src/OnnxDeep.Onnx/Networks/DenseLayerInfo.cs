namespace OnnxDeep.Onnx.Networks;

/// <summary>A fully connected layer of a model file.</summary>
/// <param name="Name">The node's name, or the name of its weights if the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, else the ONNX operator that follows.</param>
/// <param name="Weights">[inputs, units], the orientation of Keras, whatever the orientation in the file.</param>
/// <param name="Biases">[units]; null if the file stores none for the layer.</param>
public sealed record DenseLayerInfo(string Name, string Activation, float[,] Weights, float[]? Biases)
{
    /// <summary>The number of inputs.</summary>
    public int Inputs => Weights.GetLength(0);

    /// <summary>The number of units, which is the number of outputs.</summary>
    public int Units => Weights.GetLength(1);

    /// <summary>
    /// The number of weights and biases that the file stores; a single bias for all units counts once, and not at all
    /// if it is a number without a dimension.
    /// </summary>
    public int Parameters { get; init; } = Weights.Length + (Biases?.Length ?? 0);
}
