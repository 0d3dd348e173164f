using OnnxDeep.Onnx.Conversion;

namespace OnnxDeep.Inference.Sessions;

/// <summary>The settings of a session, apart from its execution provider.</summary>
public sealed record SessionSettings
{
    /// <summary>Threads within an operator; 0 for the runtime's default.</summary>
    public int Threads { get; init; }

    /// <summary>The graph optimization level.</summary>
    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>The path prefix of a profile to write; null for no profile.</summary>
    public string? ProfilePrefix { get; init; }

    /// <summary>
    /// Values inside the main graph to return in addition to the outputs; this prevents the runtime from fusing
    /// operators across them.
    /// </summary>
    public IReadOnlyList<string> ExtraOutputs { get; init; } = [];

    /// <summary>Whether a model that takes words is opened at its rows: <see cref="RuntimeModel.OpenRows"/>.</summary>
    internal bool OpensRows { get; init; }

    /// <summary>The path of a file for the optimized graph; null for no file.</summary>
    public string? OptimizedModelPath { get; init; }

    /// <summary>
    /// Whether float16 weights stay float16 in <see cref="OptimizedModelPath"/>; otherwise the runtime stores them as
    /// float32.
    /// </summary>
    public bool KeepsHalfWeights { get; init; }
}

/// <summary>How much ONNX Runtime optimizes a graph before it runs.</summary>
public enum GraphOptimization
{
    /// <summary>No optimization.</summary>
    None,

    /// <summary>Folds constants and removes nodes that have no effect.</summary>
    Basic,

    /// <summary>Also fuses operators.</summary>
    Extended,

    /// <summary>Also optimizes the memory layout.</summary>
    All,
}
