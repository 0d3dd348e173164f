using System.Collections.Specialized;
using System.Management.Automation;

using OnnxDeep.Learning.Networks;

namespace OnnxDeep;

/// <summary>A summary of a model's layers and parameters, as in Keras.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Layers">A <see cref="SummaryRow"/> for each dense layer, in an array.</param>
/// <param name="Parameters">
/// The number of parameters of the complete model, as in <see cref="OnnxModelInfo.Parameters"/>.
/// </param>
/// <param name="Size">Their size in bytes, as stored.</param>
/// <param name="Text">The table in the format of Keras.</param>
public sealed record ModelSummary(string Model, PSObject Layers, long Parameters, long Size, string Text)
{
    /// <summary>The number of those that are not in the dense layers.</summary>
    public long OtherParameters { get; init; }
}

/// <summary>The output of a single neuron.</summary>
/// <param name="InputSignal">The signal x: a number, or an array for several inputs.</param>
/// <param name="Weight">The weight w: a number, or an array for several inputs.</param>
/// <param name="Bias">The bias b.</param>
/// <param name="Z">The weighted sum Σ w·x + b.</param>
/// <param name="Activation">The name of the activation function f.</param>
/// <param name="Output">The output f(z).</param>
public sealed record NeuronOutput(
    object InputSignal, object Weight, double Bias, double Z, string Activation, double Output);

/// <summary>The gradient of the loss of one input with respect to one weight or bias.</summary>
/// <param name="Model">The model's name; null if the numbers are random or specified.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The layer's number, counted from 0.</param>
/// <param name="Kind">Weight or Bias.</param>
/// <param name="Input">The input that a weight multiplies, counted from 0; null for a bias.</param>
/// <param name="Unit">The unit that the parameter belongs to, counted from 0.</param>
/// <param name="Name">The name in the notebook, such as w21, counted from 1.</param>
/// <param name="Value">The value of the parameter.</param>
/// <param name="Gradient">The gradient dL/dw or dL/db.</param>
/// <param name="Direction">The change that reduces the loss: decrease, increase or stay.</param>
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

/// <summary>The factors of the chain rule by name, whose text has each of them.</summary>
internal sealed class ChainFactors : OrderedDictionary
{
    /// <summary>The factors in one line, such as <c>dL/dy=0.5; dy/dz=0.25</c>.</summary>
    public override string ToString() => CellText.Of(this);
}
