namespace OnnxDeep.Inference.Providers;

/// <summary>The names of execution providers, which are shorter than those of ONNX Runtime, such as CUDA.</summary>
internal static class ProviderNames
{
    /// <summary>CUDA if it can run, otherwise CPU.</summary>
    public const string Auto = "Auto";

    /// <summary>The CPU.</summary>
    public const string Cpu = "CPU";

    /// <summary>NVIDIA GPUs.</summary>
    public const string Cuda = "CUDA";

    /// <summary>NVIDIA's TensorRT.</summary>
    public const string TensorRt = "TensorRT";

    private const string Suffix = "ExecutionProvider";

    /// <summary>The providers that any build of ONNX Runtime or any plug-in contains.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        Cpu, Cuda, TensorRt, "NvTensorRtRtx", "DML", "CoreML", "OpenVINO", "QNN", "MIGraphX", "VitisAI", "WebGPU",
        "XNNPACK",
    ];

    /// <summary>Returns the short name with its usual case: CUDA for cudaexecutionprovider.</summary>
    public static string Shorten(string name)
    {
        if (name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
        {
            name = name[..^Suffix.Length];
        }

        return Known.Append(Auto).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? name;
    }
}
