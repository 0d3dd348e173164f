namespace OnnxDeep;

/// <summary>A dense layer as a model's structure shows it.</summary>
/// <param name="Name">The node's name, or the name of its weights where the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, else the ONNX operator that follows.</param>
/// <param name="Inputs">The numbers that come in.</param>
/// <param name="Units">The numbers that go out.</param>
public sealed record OnnxLayerInfo(string Name, string Activation, long Inputs, long Units)
{
    /// <summary>Name, size and activation in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Inputs} → {Units}, {Activation}");
}
