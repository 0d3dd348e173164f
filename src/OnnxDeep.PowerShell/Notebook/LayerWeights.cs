using System.Management.Automation;

namespace OnnxDeep;

/// <summary>A dense layer of a model file.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The number of the layer in graph order, counted from 0.</param>
/// <param name="Activation">The activation, such as Linear, Sigmoid or ReLU.</param>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Units">The number of outputs.</param>
/// <param name="Weights">The weights, float[Inputs, Units], as in Keras.</param>
/// <param name="Biases">The biases, float[Units]; null if the file stores none for the layer.</param>
/// <param name="Parameters">The number of weights and biases that the file stores.</param>
public sealed record LayerWeights(
    string Model,
    string Layer,
    int Index,
    string Activation,
    int Inputs,
    int Units,
    PSObject Weights,
    PSObject? Biases,
    int Parameters)
{
    /// <summary>Whether the file stores biases for the layer.</summary>
    public bool HasBiases => Biases is not null;
}

/// <summary>A single weight or bias, as a row for Export-Csv.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The layer's number.</param>
/// <param name="Kind">Weight or Bias.</param>
/// <param name="Input">The input that a weight multiplies; null for a bias.</param>
/// <param name="Unit">The unit that the weight or bias belongs to.</param>
/// <param name="Value">The value.</param>
public sealed record LayerParameter(
    string Model, string Layer, int Index, string Kind, int? Input, int Unit, float Value);
