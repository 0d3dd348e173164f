using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;

namespace OnnxDeep.Inference.Comparison;

/// <summary>One side of a comparison.</summary>
/// <param name="Path">The model's file, as a full path.</param>
/// <param name="Provider">Where it computes.</param>
/// <param name="Settings">How it computes.</param>
public sealed record ComparedModel(string Path, ExecutionProvider Provider, SessionSettings Settings)
{
    /// <summary>Loads the model; the caller disposes of the session.</summary>
    /// <param name="extraOutputs">Values inside the graph to be given as well.</param>
    /// <inheritdoc cref="OnnxSession.Open(string, ExecutionProvider?)"/>
    internal OnnxSession Open(params IReadOnlyList<string> extraOutputs) =>
        OnnxSession.Open(Path, Provider, Settings with { ExtraOutputs = extraOutputs });
}
