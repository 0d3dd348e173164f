namespace OnnxDeep.Inference.Values;

/// <summary>An input or output of a model.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="ElementType">The .NET type of an element; null for what is no tensor.</param>
/// <param name="Dimensions">The extents; -1 where they are symbolic.</param>
public sealed record TensorDescription(string Name, Type? ElementType, IReadOnlyList<int> Dimensions)
{
    /// <summary>Such as <c>features: Single [N, 300]</c>.</summary>
    public override string ToString() =>
        $"{Name}: {ElementType?.Name ?? "no tensor"} "
        + $"[{string.Join(", ", Dimensions.Select(d => d < 0 ? "N" : $"{d}"))}]";
}
