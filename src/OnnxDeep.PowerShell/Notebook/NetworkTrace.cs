using System.Management.Automation;

namespace OnnxDeep;

/// <summary>All numbers of a forward pass.</summary>
/// <param name="Model">The model's name; null if the numbers are random or specified.</param>
/// <param name="Seed">The seed of random numbers; otherwise null.</param>
/// <param name="Word">The word whose vector is the input; otherwise null.</param>
/// <param name="Inputs">The inputs, double[inputs].</param>
/// <param name="Layers">A <see cref="TracedLayer"/> for each layer, in an array.</param>
/// <param name="Output">The output: a number, or an array of several numbers.</param>
/// <param name="Class">For a single output, 0 or 1; otherwise, the number of the largest output.</param>
/// <param name="Label">The name of the class, or its number if the model has no names.</param>
/// <param name="Text">The description of the pass, as the notebook prints it.</param>
public sealed record NetworkTrace(
    string? Model,
    uint? Seed,
    string? Word,
    PSObject Inputs,
    PSObject Layers,
    object Output,
    int Class,
    string Label,
    string Text);

/// <summary>The numbers of one layer in a forward pass.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The number of the layer, counted from 0.</param>
/// <param name="Inputs">The inputs x, double[inputs].</param>
/// <param name="Weights">The weights w, double[inputs, units].</param>
/// <param name="WeightedInputs">The products x·w, double[inputs, units].</param>
/// <param name="Biases">The biases b, double[units]; null if the layer has none.</param>
/// <param name="Z">The sums z of the weighted inputs and the bias, double[units].</param>
/// <param name="Activation">The name of the activation function f.</param>
/// <param name="A">The activations f(z), double[units].</param>
public sealed record TracedLayer(
    string Layer,
    int Index,
    PSObject Inputs,
    PSObject Weights,
    PSObject WeightedInputs,
    PSObject? Biases,
    PSObject Z,
    string Activation,
    PSObject A)
{
    /// <summary>The layer with its activations.</summary>
    public override string ToString() => $"{ShownText.Value(Layer)}: {CellText.Of(A.BaseObject)}";
}
