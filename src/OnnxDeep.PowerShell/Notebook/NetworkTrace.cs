namespace OnnxDeep;

/// <summary>Every number of one forward pass.</summary>
/// <param name="Model">The model's name; null where the numbers were drawn or given.</param>
/// <param name="Seed">The seed of drawn numbers; else null.</param>
/// <param name="Word">The word whose vector went in; else null.</param>
/// <param name="Inputs">What went in.</param>
/// <param name="Layers">What each layer made of it.</param>
/// <param name="Output">A number, or an array of several outputs.</param>
/// <param name="Class">For one output 0 or 1, else the number of the largest.</param>
/// <param name="Label">The class's name, where the model has one, else its number.</param>
/// <param name="Text">The pass told as the notebook prints it.</param>
public sealed record NetworkTrace(
    string? Model,
    uint? Seed,
    string? Word,
    double[] Inputs,
    TracedLayer[] Layers,
    object Output,
    int Class,
    string Label,
    string Text);

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
