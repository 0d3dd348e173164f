namespace OnnxDeep.Inference;

/// <summary>How a session is set up beside where it computes.</summary>
public sealed record SessionSettings
{
    /// <summary>Threads within an operator; 0 leaves it to the runtime.</summary>
    public int Threads { get; init; }

    /// <summary>How far the graph is rewritten before it runs.</summary>
    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>The beginning of the path of a profile that is written; null writes none.</summary>
    public string? ProfilePrefix { get; init; }

    /// <summary>Values inside the main graph that are given beside the outputs, which keeps operators from being fused over them.</summary>
    public IReadOnlyList<string> ExtraOutputs { get; init; } = [];
}
