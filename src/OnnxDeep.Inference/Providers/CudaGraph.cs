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

/// <summary>How many rows a device should get at once.</summary>
internal static class DeviceBatch
{
    // More gain little on a processor, and the first answers wait for them.
    private const int ProcessorRows = 256;

    // Of devices that do not say what they have.
    private const int UnknownRows = 4096;
    private const int MostRows = 16384;

    // Layers between input and output need room too, and other programs may be there.
    private const int ShareOfMemory = 1024;

    /// <summary>The rows for a device.</summary>
    /// <param name="isProcessor">Whether it is the processor.</param>
    /// <param name="memory">What it has, in bytes; null where it does not say.</param>
    /// <param name="rowBytes">The input of a row, at least 1.</param>
    public static int GetRows(bool isProcessor, long? memory, long rowBytes) => isProcessor ? ProcessorRows
        : memory is long bytes ? (int)Math.Clamp(bytes / ShareOfMemory / Math.Max(1, rowBytes), 1, MostRows)
        : UnknownRows;
}
