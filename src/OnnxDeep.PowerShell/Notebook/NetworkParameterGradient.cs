using System.Collections.Specialized;

namespace OnnxDeep;

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
