namespace OnnxDeep.Onnx.Tensors;

/// <summary>What goes into a model or comes out of it: a tensor, a sequence, a map or an optional.</summary>
public abstract class OnnxValue
{
    private protected OnnxValue()
    {
    }

    /// <summary>The name that the value's file gives it; empty where there is none.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The value as plain .NET objects: a scalar, an array, a list, a dictionary, or null.</summary>
    public abstract object? ToObject();
}
