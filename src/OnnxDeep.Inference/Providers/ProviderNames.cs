namespace OnnxDeep.Inference.Providers;

/// <summary>The names of execution providers: ONNX Runtime has a long one for what everybody calls CUDA.</summary>
internal static class ProviderNames
{
    /// <summary>CUDA where it can run, else the processor.</summary>
    public const string Auto = "Auto";

    /// <summary>The processor.</summary>
    public const string Cpu = "CPU";

    /// <summary>NVIDIA's graphics processors.</summary>
    public const string Cuda = "CUDA";

    /// <summary>NVIDIA's TensorRT.</summary>
    public const string TensorRt = "TensorRT";

    private const string Suffix = "ExecutionProvider";

    /// <summary>The providers that builds of ONNX Runtime and their plug-ins have, this one or others.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        Cpu, Cuda, TensorRt, "NvTensorRtRtx", "DML", "CoreML", "OpenVINO", "QNN", "MIGraphX", "VitisAI", "WebGPU",
        "XNNPACK",
    ];

    /// <summary>The short name, as it is known: CUDA for cudaexecutionprovider.</summary>
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
