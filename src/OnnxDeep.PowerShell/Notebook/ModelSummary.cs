using OnnxDeep.Learning.Networks;

namespace OnnxDeep;

/// <summary>A model's layers and parameters, as Keras sums them up.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Layers">A row for each dense layer.</param>
/// <param name="Parameters">All weights and biases.</param>
/// <param name="Size">Their bytes, as 32-bit floats.</param>
/// <param name="Text">Keras's table.</param>
public sealed record ModelSummary(string Model, SummaryRow[] Layers, long Parameters, long Size, string Text);
