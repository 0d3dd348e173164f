using OnnxDeep.Inference.Samples;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Comparison;

/// <summary>What two models are given, and how far their outputs may be apart.</summary>
public sealed record ComparisonSettings
{
    /// <summary>
    /// How far a floating point number may be from the reference's whatever its size: what reordered sums of single
    /// precision come to.
    /// </summary>
    public double AbsoluteTolerance { get; init; } = 1e-5;

    /// <summary>The same as a share of the reference's number.</summary>
    public double RelativeTolerance { get; init; } = 1e-3;

    /// <summary>The open extents of the reference's inputs.</summary>
    public SampleShape Shape { get; init; } = new();

    /// <summary>Values by the names of the reference's inputs; the others are made up.</summary>
    public IReadOnlyDictionary<string, OnnxValue> Given { get; init; } = new Dictionary<string, OnnxValue>();

    /// <summary>Of the first set of made-up values; the next has the next number.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>How many sets of values there are.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Whether the first value inside the models that differs is searched for, where an output does.</summary>
    public bool Intermediate { get; init; }

    /// <summary>Whether nothing is run and the files alone are compared.</summary>
    public bool StructureOnly { get; init; }
}
