using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Comparison;

/// <summary>A run in which an output differs.</summary>
/// <param name="Output">The first output that does.</param>
/// <param name="ReferenceInputs">What the reference was given.</param>
/// <param name="DifferenceInputs">What the other model was given.</param>
internal sealed record FailedRun(
    OutputPair Output,
    IReadOnlyDictionary<string, OnnxValue> ReferenceInputs,
    IReadOnlyDictionary<string, OnnxValue> DifferenceInputs);
