using System.Collections.Specialized;

using OnnxDeep.Learning.Networks;

namespace OnnxDeep;

/// <summary>A model's layers and parameters, as Keras sums them up.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Layers">A row for each dense layer.</param>
/// <param name="Parameters">All weights and biases.</param>
/// <param name="Size">Their bytes, as 32-bit floats.</param>
/// <param name="Text">Keras's table.</param>
public sealed record ModelSummary(string Model, SummaryRow[] Layers, long Parameters, long Size, string Text);

/// <summary>What a single neuron made of its signal.</summary>
/// <param name="InputSignal">x: a number, or an array of several inputs.</param>
/// <param name="Weight">w: a number, or an array of several inputs.</param>
/// <param name="Bias">b.</param>
/// <param name="Z">Σ w·x + b.</param>
/// <param name="Activation">The function of z.</param>
/// <param name="Output">f(z).</param>
public sealed record NeuronOutput(
    object InputSignal, object Weight, double Bias, double Z, string Activation, double Output);

/// <summary>How the loss of one input changes with one weight or bias.</summary>
/// <param name="Model">The model's name; null where the numbers were drawn or given.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The layer's number, from 0.</param>
/// <param name="Kind">Weight or Bias.</param>
/// <param name="Input">The input that a weight multiplies, from 0; null for a bias.</param>
/// <param name="Unit">The unit that it belongs to, from 0.</param>
/// <param name="Name">What the notebook calls it, such as w21; counted from 1.</param>
/// <param name="Value">The parameter's own number.</param>
/// <param name="Gradient">dL/dw or dL/db.</param>
/// <param name="Direction">Where the parameter must go for a smaller loss: decrease, increase or stay.</param>
/// <param name="Factors">The factors of the chain rule by name, from the loss to the parameter.</param>
/// <param name="Loss">The loss of the input.</param>
public sealed record NetworkParameterGradient(
    string? Model,
    string Layer,
    int Index,
    string Kind,
    int? Input,
    int Unit,
    string Name,
    double Value,
    double Gradient,
    string Direction,
    OrderedDictionary Factors,
    double Loss);
