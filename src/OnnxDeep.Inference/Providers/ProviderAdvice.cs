using System.Text.RegularExpressions;

namespace OnnxDeep.Inference.Providers;

/// <summary>The commands that bring what a provider lacks.</summary>
internal static partial class ProviderAdvice
{
    // Packages of different age call it differently.
    private static readonly string s_cudaPlugin =
        $"{OnnxRuntimeHost.FileName("onnxruntime_providers_cuda_plugin")} or "
        + OnnxRuntimeHost.FileName("onnxruntime_providers_cuda");

    /// <summary>Where a plug-in comes from.</summary>
    public static string Plugin { get; } =
        $"The package Microsoft.ML.OnnxRuntime.EP.Cuda13.{OnnxRuntimeHost.Rid} has one for CUDA: unpack it and give "
        + $"the path of its {s_cudaPlugin}.";

    /// <summary>How this build comes to CUDA.</summary>
    public static string Flavor { get; } =
        "This build has the package Microsoft.ML.OnnxRuntime, which runs on the CPU only. For CUDA, build with "
        + "Microsoft.ML.OnnxRuntime.Gpu, or register a plug-in: the package "
        + $"Microsoft.ML.OnnxRuntime.EP.Cuda13.{OnnxRuntimeHost.Rid} contains {s_cudaPlugin}.";

    /// <summary>How NVIDIA's driver comes to this system.</summary>
    public static string Driver { get; } = OperatingSystem.IsWindows()
        ? "Install it from nvidia.com/drivers; nvidia-smi must list the GPU then."
        : "Install it, on Debian with 'apt-get install nvidia-driver', on Ubuntu with 'ubuntu-drivers install'; "
            + "nvidia-smi must list the GPU then.";

    /// <summary>How libraries of CUDA and cuDNN come to this system.</summary>
    /// <param name="missing">At least one.</param>
    /// <param name="needed">All that the provider needs, which tells the version of CUDA.</param>
    public static string ForLibraries(IReadOnlyList<string> missing, IReadOnlyList<string> needed)
    {
        bool wantsCudnn = missing.Any(IsCudnn);
        bool wantsToolkit = missing.Any(name => !IsCudnn(name) && Toolkit().IsMatch(name));
        if (!wantsCudnn && !wantsToolkit)
        {
            return "Install what brings them, or put them beside it.";
        }

        string version = needed.Select(name => ToolkitVersion().Match(name))
            .FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "13";
        if (OperatingSystem.IsWindows())
        {
            string toolkit = $"CUDA {version} with 'winget install Nvidia.CUDA'";
            const string cudnn = "cuDNN 9 from developer.nvidia.com, with its folder in PATH";
            return $"Install {(!wantsCudnn ? toolkit : !wantsToolkit ? cudnn : $"{toolkit} and {cudnn}")}.";
        }

        string packages = (wantsToolkit ? $" cuda-toolkit-{version}" : string.Empty)
            + (wantsCudnn ? $" libcudnn9-cuda-{version}" : string.Empty);
        return $"Run 'apt-get install{packages}' with NVIDIA's package source, or put the folder that has them into "
            + "LD_LIBRARY_PATH.";
    }

    private static bool IsCudnn(string name) => name.Contains("cudnn", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("cudart|cublas|cufft|curand|cusparse|cusolver|nvrtc|nvJitLink", RegexOptions.IgnoreCase)]
    private static partial Regex Toolkit();

    // The number of these two is CUDA's own; those of cuFFT and cuRAND are not.
    [GeneratedRegex(@"(?:cudart|cublas(?:Lt)?)(?:\.so\.|64_)(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex ToolkitVersion();
}
