using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference;

/// <summary>
/// CUDA graphs: a session with this option captures its second run and repeats it as a whole. It repeats addresses, too, so
/// that only runs with the same buffers may take part.
/// </summary>
internal static class CudaGraph
{
    /// <summary>The provider's option.</summary>
    public const string Option = "enable_cuda_graph";

    private const string RunEntry = "gpu_graph_id";
    private const string NoGraph = "-1";

    /// <summary>Whether options ask for it.</summary>
    public static bool IsOn(IReadOnlyDictionary<string, string> options) =>
        options.TryGetValue(Option, out string? value) && value is "1" or "True" or "true";

    /// <summary>Options of a run that neither captures a graph nor repeats one.</summary>
    public static RunOptions CreateOptionsWithout()
    {
        var options = new RunOptions();
        options.AddRunConfigEntry(RunEntry, NoGraph);
        return options;
    }
}
