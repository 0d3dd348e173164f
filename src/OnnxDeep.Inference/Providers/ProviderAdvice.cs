using System.Text.RegularExpressions;

namespace OnnxDeep.Inference.Providers;

/// <summary>Instructions for installing what a provider is missing.</summary>
internal static partial class ProviderAdvice
{
    // The file name depends on the version of the package.
    private static readonly string s_cudaPlugin =
        $"{OnnxRuntimeHost.FileName("onnxruntime_providers_cuda_plugin")} or "
        + OnnxRuntimeHost.FileName("onnxruntime_providers_cuda");

    /// <summary>Where to get a plug-in.</summary>
    public static string Plugin { get; } =
        $"The package Microsoft.ML.OnnxRuntime.EP.Cuda13.{OnnxRuntimeHost.Rid} has one for CUDA: unpack it and use "
        + $"the path of its {s_cudaPlugin}.";

    /// <summary>How to add CUDA to this build.</summary>
    public static string Flavor { get; } =
        "This build uses the package Microsoft.ML.OnnxRuntime, which runs on the CPU only. For CUDA, build with "
        + "Microsoft.ML.OnnxRuntime.Gpu, or register a plug-in: the package "
        + $"Microsoft.ML.OnnxRuntime.EP.Cuda13.{OnnxRuntimeHost.Rid} contains {s_cudaPlugin}.";

    /// <summary>How to install NVIDIA's driver on this system.</summary>
    public static string Driver { get; } = OperatingSystem.IsWindows()
        ? "Install it from nvidia.com/drivers, then check that nvidia-smi lists the GPU."
        : "Install it with 'apt-get install nvidia-driver' on Debian or 'ubuntu-drivers install' on Ubuntu, "
            + "then check that nvidia-smi lists the GPU.";

    /// <summary>Returns how to install libraries of CUDA and cuDNN on this system.</summary>
    /// <param name="missing">The missing libraries, at least one.</param>
    /// <param name="needed">All libraries that the provider needs, which determine the version of CUDA.</param>
    public static string ForLibraries(IReadOnlyList<string> missing, IReadOnlyList<string> needed)
    {
        bool wantsCudnn = missing.Any(IsCudnn);
        bool wantsToolkit = missing.Any(name => !IsCudnn(name) && Toolkit().IsMatch(name));
        if (!wantsCudnn && !wantsToolkit)
        {
            return "Install the software that contains them, or copy them to the folder of the library.";
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
        return $"Run 'apt-get install{packages}' with NVIDIA's package repository enabled, or add the folder that "
            + "contains the libraries to LD_LIBRARY_PATH.";
    }

    private static bool IsCudnn(string name) => name.Contains("cudnn", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("cudart|cublas|cufft|curand|cusparse|cusolver|nvrtc|nvJitLink", RegexOptions.IgnoreCase)]
    private static partial Regex Toolkit();

    // Only these two have the version number of CUDA; cuFFT and cuRAND have their own.
    [GeneratedRegex(@"(?:cudart|cublas(?:Lt)?)(?:\.so\.|64_)(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex ToolkitVersion();
}
