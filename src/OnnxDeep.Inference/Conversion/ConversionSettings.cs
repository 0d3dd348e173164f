using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Conversion;

/// <summary>What a model is to become, and how that is checked.</summary>
public sealed record ConversionSettings
{
    /// <summary>How weights are to be stored; as they are where null.</summary>
    public WeightFormat? To { get; init; }

    /// <summary>Whether the first axis of inputs and outputs is to have any extent.</summary>
    public bool OpensBatch { get; init; }

    /// <summary>How far ONNX Runtime rewrites the graph that is saved; not at all where null.</summary>
    public GraphOptimization? Optimization { get; init; }

    /// <summary>Where the models run, and whose graph an optimised one is.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>The open extents of made-up inputs.</summary>
    public SampleShape Shape { get; init; } = new();

    /// <summary>Values by names of inputs that are not made up.</summary>
    public IReadOnlyDictionary<string, OnnxValue> Given { get; init; } = new Dictionary<string, OnnxValue>();

    /// <summary>The same seed makes up the same inputs.</summary>
    public ulong Seed { get; init; } = 42;
}
