namespace OnnxDeep.Onnx.Tensors;

/// <summary>Values of one type in order.</summary>
/// <param name="items">The values; not copied.</param>
public sealed class OnnxSequence(IReadOnlyList<OnnxValue> items) : OnnxValue
{
    /// <summary>The values.</summary>
    public IReadOnlyList<OnnxValue> Items { get; } = items;

    /// <summary>An array of the values' own objects.</summary>
    public override object? ToObject() => Items.Select(item => item.ToObject()).ToArray();

    /// <summary>Such as <c>sequence of 3</c>.</summary>
    public override string ToString() => $"sequence of {Items.Count}";
}
