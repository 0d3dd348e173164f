namespace OnnxDeep.Inference.Sessions;

/// <summary>How a session is set up beside where it computes.</summary>
public sealed record SessionSettings
{
    /// <summary>Threads within an operator; 0 leaves it to the runtime.</summary>
    public int Threads { get; init; }

    /// <summary>How far the graph is rewritten before it runs.</summary>
    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>The beginning of the path of a profile that is written; null writes none.</summary>
    public string? ProfilePrefix { get; init; }

    /// <summary>
    /// Values inside the main graph that are given beside the outputs, which keeps operators from being fused over
    /// them.
    /// </summary>
    public IReadOnlyList<string> ExtraOutputs { get; init; } = [];

    /// <summary>A file for the graph as the runtime has rewritten it; null writes none.</summary>
    public string? OptimizedModelPath { get; init; }

    /// <summary>
    /// Whether weights that are stored as float16 stay so in <see cref="OptimizedModelPath"/>, in which the runtime
    /// would store them as float32.
    /// </summary>
    public bool KeepsHalfWeights { get; init; }
}

/// <summary>How far ONNX Runtime rewrites a graph before it runs.</summary>
public enum GraphOptimization
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Constants folded and what has no effect removed.</summary>
    Basic,

    /// <summary>Operators fused as well.</summary>
    Extended,

    /// <summary>All of it, the layout in memory as well.</summary>
    All,
}
