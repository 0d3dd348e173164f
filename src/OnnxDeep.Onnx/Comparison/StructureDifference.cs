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

/// <summary>What two models can differ in, as their files have it.</summary>
public enum StructureDifferenceKind
{
    /// <summary>The version of the file format.</summary>
    IrVersion,

    /// <summary>The version of a set of operators.</summary>
    Opset,

    /// <summary>The type or shape of an input, or that there is one.</summary>
    Input,

    /// <summary>The type or shape of an output, or that there is one.</summary>
    Output,

    /// <summary>How often an operator is used.</summary>
    Operator,

    /// <summary>The operator, inputs or attributes of the node that gives a value.</summary>
    Node,

    /// <summary>The type, shape or content of a stored tensor, or that there is one.</summary>
    Initializer,
}
