namespace OnnxDeep;

/// <summary>A dense layer of a model file.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">From 0, in graph order.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, …</param>
/// <param name="Inputs">The numbers that come in.</param>
/// <param name="Units">The numbers that go out.</param>
/// <param name="Weights">[Inputs, Units], as Keras keeps them.</param>
/// <param name="Biases">[Units].</param>
public sealed record LayerWeights(
    string Model, string Layer, int Index, string Activation, int Inputs, int Units, float[,] Weights, float[] Biases)
{
    /// <summary>Weights and biases together.</summary>
    public int Parameters => Weights.Length + Biases.Length;
}
