namespace OnnxDeep.Learning.Networks;

/// <summary>A row of Keras's summary.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Type">Dense.</param>
/// <param name="OutputShape">Such as <c>(None, 5)</c>: any number of rows, five numbers each.</param>
/// <param name="Parameters">Weights and biases together.</param>
public sealed record LayerSummary(string Layer, string Type, string OutputShape, int Parameters)
{
    /// <summary>The row of a dense layer.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="inputs">The numbers that come in.</param>
    /// <param name="units">The numbers that go out.</param>
    public static LayerSummary OfDense(string name, int inputs, int units) =>
        new(name, "Dense", FormattableString.Invariant($"(None, {units})"), (inputs * units) + units);
}
