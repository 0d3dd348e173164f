namespace OnnxDeep.Learning.Networks;

/// <summary>What one layer made of its inputs.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">x, [inputs].</param>
/// <param name="WeightedInputs">x·w before any sum, [inputs, units].</param>
/// <param name="Z">The sums and the bias, [units].</param>
/// <param name="Activations">a = f(z), [units].</param>
public sealed record LayerTrace(
    PreciseLayer Layer, double[] Inputs, double[,] WeightedInputs, double[] Z, double[] Activations);
