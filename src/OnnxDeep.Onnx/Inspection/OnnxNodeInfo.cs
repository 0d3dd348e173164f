namespace OnnxDeep;

/// <summary>A node of a model.</summary>
public sealed record OnnxNodeInfo
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Empty for the main graph; else a body such as loop/body, or a local function.</summary>
    public required string Graph { get; init; }

    /// <summary>From 0, in its graph.</summary>
    public required int Index { get; init; }

    /// <summary>May be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Such as Gemm.</summary>
    public required string Operator { get; init; }

    /// <summary>The set that the operator is of; ai.onnx for ONNX's own.</summary>
    public required string Domain { get; init; }

    /// <summary>Names of values; an optional input that is left out is empty.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Names of values.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Names and values, as text.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}
