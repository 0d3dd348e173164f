namespace OnnxDeep;

/// <summary>A set of operators that a model builds on.</summary>
/// <param name="Domain">ai.onnx for ONNX's own.</param>
/// <param name="Version">The set's version.</param>
public sealed record OnnxOperatorSet(string Domain, long Version)
{
    /// <summary>Domain and version, such as ai.onnx 17.</summary>
    public override string ToString() => FormattableString.Invariant($"{Domain} {Version}");
}
