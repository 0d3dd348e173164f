namespace OnnxDeep.Onnx.Tensors;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">Its type.</param>
/// <param name="HasDefault">Whether the model holds a value for it, so that it may be left out.</param>
public sealed record OnnxParameter(string Name, OnnxType Type, bool HasDefault)
{
    /// <summary>Such as <c>features: float [N, 300]</c>.</summary>
    public override string ToString() => $"{Name}: {Type}";
}
