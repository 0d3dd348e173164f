namespace OnnxDeep.Inference.Values;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="ElementType">The .NET type of an element; null if it is not a tensor.</param>
/// <param name="Dimensions">The dimensions; -1 if symbolic.</param>
public sealed record TensorDescription(string Name, Type? ElementType, IReadOnlyList<int> Dimensions)
{
    /// <summary>Returns a text such as <c>features: Single [N, 300]</c>.</summary>
    public override string ToString() =>
        $"{ShownText.Value(Name)}: {ElementType?.Name ?? "not a tensor"} "
        + $"[{string.Join(", ", Dimensions.Select(d => d < 0 ? "N" : $"{d}"))}]";
}
