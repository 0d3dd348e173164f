namespace OnnxDeep;

/// <summary>Something that two models have differently, or that only one of them has.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">
/// Of the set, input, output, operator or tensor; a node goes by the first value that it gives.
/// </param>
/// <param name="Reference">As the reference has it; empty where it has none.</param>
/// <param name="Difference">As the other model has it; likewise.</param>
public sealed record StructureDifference(StructureDifferenceKind Kind, string Name, string Reference, string Difference)
{
    private const string None = "(none)";

    /// <summary>Such as <c>Opset ai.onnx: 17 → 18</c>.</summary>
    public override string ToString() => $"{Kind} {Name}: {Text(Reference)} → {Text(Difference)}";

    private static string Text(string value) => value.Length > 0 ? value : None;
}
