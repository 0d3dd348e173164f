using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;

namespace OnnxDeep.Inference.Measurement;

/// <summary>How a model is measured.</summary>
public sealed record BenchmarkSettings
{
    /// <summary>Where it runs.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>Threads within an operator; null leaves it to the runtime.</summary>
    public int? Threads { get; init; }

    /// <summary>How far the graph is rewritten.</summary>
    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>How long the measured runs go on; there is always one.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs before those that are measured; they end early where they take as long as <see cref="Duration"/>.
    /// </summary>
    public int WarmUpRuns { get; init; } = 10;

    /// <summary>Of the made-up inputs.</summary>
    public ulong Seed { get; init; } = 42;
}
