namespace OnnxDeep;

/// <summary>What one layer made of its inputs.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">From 0.</param>
/// <param name="Inputs">x, [inputs].</param>
/// <param name="Weights">w, [inputs, units].</param>
/// <param name="WeightedInputs">x·w, [inputs, units].</param>
/// <param name="Biases">b, [units].</param>
/// <param name="Z">The sums over the inputs and the bias, [units].</param>
/// <param name="Activation">The function of z.</param>
/// <param name="A">f(z), [units].</param>
public sealed record TracedLayer(
    string Layer,
    int Index,
    double[] Inputs,
    double[,] Weights,
    double[,] WeightedInputs,
    double[] Biases,
    double[] Z,
    string Activation,
    double[] A);
