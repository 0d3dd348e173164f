namespace OnnxDeep;

/// <summary>One weight or bias, as a row for Export-Csv.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The layer's number.</param>
/// <param name="Kind">Weight or Bias.</param>
/// <param name="Input">The input that a weight multiplies; null for a bias.</param>
/// <param name="Unit">The unit that it belongs to.</param>
/// <param name="Value">The number.</param>
public sealed record LayerParameter(
    string Model, string Layer, int Index, string Kind, int? Input, int Unit, float Value);
