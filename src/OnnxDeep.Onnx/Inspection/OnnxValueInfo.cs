namespace OnnxDeep;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">The name that a run gives or asks for.</param>
/// <param name="Type">
/// In ONNX's notation, such as tensor(float) or seq(map(int64,tensor(float))); empty where not stated.
/// </param>
/// <param name="Dimensions">Numbers, symbolic names, or ? for any; null where the shape is not stated.</param>
/// <param name="Description">The file's own; may be empty.</param>
public sealed record OnnxValueInfo(string Name, string Type, IReadOnlyList<string>? Dimensions, string Description)
{
    /// <summary>The dimensions in brackets, such as [N, 300]; empty where the shape is not stated.</summary>
    public string Shape => Dimensions is null ? string.Empty : $"[{string.Join(", ", Dimensions)}]";

    /// <summary>Name, type and shape in one line.</summary>
    public override string ToString() => $"{Name}: {Type} {Shape}".TrimEnd();
}
