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

/// <summary>One weight or bias, as a row for Export-Csv.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The layer's number.</param>
/// <param name="Kind">Weight or Bias.</param>
/// <param name="Input">The input that a weight multiplies; null for a bias.</param>
/// <param name="Unit">The unit that it belongs to.</param>
/// <param name="Value">The number.</param>
public sealed record LayerParameter(
    string Model, string Layer, int Index, string Kind, int? Input, int Unit, float Value);
