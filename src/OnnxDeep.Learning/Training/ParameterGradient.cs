namespace OnnxDeep.Learning.Training;

/// <summary>How the loss of one row changes with one weight or bias.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The layer's number, from 0.</param>
/// <param name="Input">The input that a weight multiplies, from 0; null for a bias.</param>
/// <param name="Unit">The unit that it belongs to, from 0.</param>
/// <param name="Name">Such as <c>w21</c>.</param>
/// <param name="Value">The parameter's own number.</param>
/// <param name="Gradient">∂L/∂w or ∂L/∂b.</param>
/// <param name="Factors">
/// The factors of the chain rule, from the loss to the parameter; their product is the gradient.
/// </param>
public sealed record ParameterGradient(
    string Layer,
    int Index,
    int? Input,
    int Unit,
    string Name,
    double Value,
    double Gradient,
    IReadOnlyList<ChainFactor> Factors);
