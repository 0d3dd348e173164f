namespace OnnxDeep;

/// <summary>What a single neuron made of its signal.</summary>
/// <param name="InputSignal">x: a number, or an array of several inputs.</param>
/// <param name="Weight">w: a number, or an array of several inputs.</param>
/// <param name="Bias">b.</param>
/// <param name="Z">Σ w·x + b.</param>
/// <param name="Activation">The function of z.</param>
/// <param name="Output">f(z).</param>
public sealed record NeuronOutput(
    object InputSignal, object Weight, double Bias, double Z, string Activation, double Output);
