namespace OnnxDeep;

/// <summary>A difference between two models, or something that only one of them has.</summary>
/// <param name="Kind">The kind of item.</param>
/// <param name="Name">
/// The name of the set, input, output, operator or tensor; a node is named by the first value that it computes.
/// </param>
/// <param name="Reference">The text in the reference; empty if the reference does not have the item.</param>
/// <param name="Difference">The text in the other model; empty if that model does not have the item.</param>
public sealed record StructureDifference(StructureDifferenceKind Kind, string Name, string Reference, string Difference)
{
    private const string None = "(none)";

    /// <summary>One line, such as <c>Opset ai.onnx: 17 → 18</c>.</summary>
    public override string ToString() =>
        $"{Kind} {ShownText.Value(Name)}: {Text(Reference)} → {Text(Difference)}";

    private static string Text(string value) => value.Length > 0 ? ShownText.Value(value) : None;
}

/// <summary>The kinds of differences between the files of two models.</summary>
public enum StructureDifferenceKind
{
    /// <summary>The version of the file format.</summary>
    IrVersion,

    /// <summary>The version of a set of operators.</summary>
    Opset,

    /// <summary>The type, shape or existence of an input.</summary>
    Input,

    /// <summary>The type, shape or existence of an output.</summary>
    Output,

    /// <summary>The number of uses of an operator.</summary>
    Operator,

    /// <summary>The operator, inputs or attributes of the node that computes a value.</summary>
    Node,

    /// <summary>The type, shape, content or existence of a stored tensor.</summary>
    Initializer,
}
