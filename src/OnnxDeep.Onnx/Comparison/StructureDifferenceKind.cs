namespace OnnxDeep;

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
