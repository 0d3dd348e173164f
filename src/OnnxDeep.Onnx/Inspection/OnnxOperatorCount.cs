namespace OnnxDeep;

/// <summary>How often a model uses an operator.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Operator">The operator, such as Gemm.</param>
/// <param name="Domain">The set that it is of; ai.onnx for ONNX's own.</param>
/// <param name="Count">
/// Nodes in the graph, in bodies of If, Loop and Scan, and in local functions, each as often as it is written.
/// </param>
public sealed record OnnxOperatorCount(string Model, string Operator, string Domain, int Count)
{
    /// <summary>Operator and count, such as Gemm 2.</summary>
    public override string ToString() => FormattableString.Invariant($"{Operator} {Count}");
}
