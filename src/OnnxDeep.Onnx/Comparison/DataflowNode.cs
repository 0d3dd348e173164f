namespace OnnxDeep.Onnx.Comparison;

/// <summary>A node of a model's main graph, by what it takes and gives.</summary>
/// <param name="Name">The node's own name, else its operator and number.</param>
/// <param name="Operator">Such as Gemm.</param>
/// <param name="Inputs">Names of values, those that bodies in the node take from outside among them.</param>
/// <param name="Outputs">Names of values; outputs that are left out are not among them.</param>
public sealed record DataflowNode(
    string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);
