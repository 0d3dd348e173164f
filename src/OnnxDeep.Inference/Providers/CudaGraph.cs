using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// CUDA graphs: a session with this option captures the work of its first run and replays all of it. It replays memory
/// addresses, too, so only runs with the same buffers can use it.
/// </summary>
internal static class CudaGraph
{
    /// <summary>The provider's option.</summary>
    public const string Option = "enable_cuda_graph";

    // The shapes of their outputs depend on the data, but the CPU sees only the shapes at the time of the capture.
    private static readonly HashSet<string> s_unfit =
        ["NonZero", "Compress", "Unique", "NonMaxSuppression", "GatherND"];

    // Other providers' options of the same kind; their runs use the same config entry.
    private static readonly string[] s_options = [Option, "trt_cuda_graph_enable", "nv_cuda_graph_enable"];

    private const string RunEntry = "gpu_graph_id";
    private const string NoGraph = "-1";

    /// <summary>Returns whether the options enable a CUDA graph.</summary>
    public static bool IsOn(IReadOnlyDictionary<string, string> options) => options.Any(option =>
        s_options.Contains(option.Key, StringComparer.OrdinalIgnoreCase)
        && (option.Value == "1" || option.Value.Equals("true", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Returns whether a model with these operators can be captured.</summary>
    public static bool Suits(IEnumerable<string> operators) => !operators.Any(s_unfit.Contains);

    /// <summary>Creates options for a run that neither captures nor replays a graph.</summary>
    public static RunOptions CreateOptionsWithout()
    {
        var options = new RunOptions();
        options.AddRunConfigEntry(RunEntry, NoGraph);
        return options;
    }
}
