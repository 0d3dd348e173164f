namespace OnnxDeep.Onnx.Tensors;

/// <summary>A value that may be missing.</summary>
/// <param name="value">The value; null where it is missing.</param>
public sealed class OnnxOptional(OnnxValue? value) : OnnxValue
{
    /// <summary>The value; null where it is missing.</summary>
    public OnnxValue? Value { get; } = value;

    /// <summary>The value's own object, or null.</summary>
    public override object? ToObject() => Value?.ToObject();

    /// <summary>The value's text, or <c>nothing</c>.</summary>
    public override string ToString() => Value?.ToString() ?? "nothing";
}
