using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// CUDA graphs: a session with this option captures what its first run does and repeats it as a whole. It repeats
/// addresses, too, so that only runs with the same buffers may take part.
/// </summary>
internal static class CudaGraph
{
    /// <summary>The provider's option.</summary>
    public const string Option = "enable_cuda_graph";

    // Their outputs' extents depend on the data:
    // what the processor is told of them while a graph is captured is never true again.
    private static readonly HashSet<string> s_unfit =
        ["NonZero", "Compress", "Unique", "NonMaxSuppression", "GatherND"];

    // Other providers' options of the same kind, whose runs heed the same entry.
    private static readonly string[] s_options = [Option, "trt_cuda_graph_enable", "nv_cuda_graph_enable"];

    private const string RunEntry = "gpu_graph_id";
    private const string NoGraph = "-1";

    /// <summary>Whether options ask for it.</summary>
    public static bool IsOn(IReadOnlyDictionary<string, string> options) => options.Any(option =>
        s_options.Contains(option.Key, StringComparer.OrdinalIgnoreCase)
        && (option.Value == "1" || option.Value.Equals("true", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether a model of these operators can be repeated so.</summary>
    public static bool Suits(IEnumerable<string> operators) => !operators.Any(s_unfit.Contains);

    /// <summary>Options of a run that neither captures a graph nor repeats one.</summary>
    public static RunOptions CreateOptionsWithout()
    {
        var options = new RunOptions();
        options.AddRunConfigEntry(RunEntry, NoGraph);
        return options;
    }
}
