using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// Determines whether the CUDA provider of the Gpu package can run, what it is missing, and how to install that;
/// queries NVIDIA's driver without CUDA's own libraries.
/// </summary>
internal static partial class CudaSupport
{
    private static readonly string s_library = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    // The file name depends on the version of the package.
    private static readonly string s_cudaPlugin =
        $"{OnnxRuntimeHost.FileName("onnxruntime_providers_cuda_plugin")} or "
        + OnnxRuntimeHost.FileName("onnxruntime_providers_cuda");

    private delegate int Initialize(uint flags);

    private delegate int CountDevices(out int count);

    private delegate int GetDevice(out int device, int ordinal);

    private delegate int GetTotalMemory(out nuint bytes, int device);

    /// <summary>The path of the provider's library; null if this build does not include it.</summary>
    public static string? Library => OnnxRuntimeHost.FindLibrary("onnxruntime_providers_cuda");

    /// <summary>Returns what is missing and how to fix it; null if no problem is known.</summary>
    public static string? FindProblem() => FindProblem(
        OnnxRuntimeHost.BuiltIn.Contains(ProviderNames.Cuda) ? FindDriverProblem : FindMissingDriver,
        OnnxRuntimeHost.BuiltIn.Contains(ProviderNames.Cuda),
        Library,
        NativeImports.FindMissing);

    /// <summary>Returns what is missing on any machine, for tests.</summary>
    /// <param name="findDriverProblem">Queries the driver.</param>
    /// <param name="isBuiltIn">Whether ONNX Runtime was built with CUDA.</param>
    /// <param name="library">The path of the provider's library.</param>
    /// <param name="findMissing">
    /// Returns the libraries that the provider's library needs but that cannot be loaded.
    /// </param>
    public static string? FindProblem(
        Func<string?> findDriverProblem,
        bool isBuiltIn,
        string? library,
        Func<string, IReadOnlyList<string>> findMissing)
    {
        if (!isBuiltIn)
        {
            string? driver = findDriverProblem();
            return OperatingSystem.IsMacOS() ? driver
                : driver is null ? FlavorAdvice
                : $"{FlavorAdvice} {driver}";
        }

        if (library is null)
        {
            string name = OnnxRuntimeHost.FileName("onnxruntime_providers_cuda");
            return $"{name} is missing from the module. Rebuild it with the package Microsoft.ML.OnnxRuntime.Gpu.";
        }

        if (findDriverProblem() is string problem)
        {
            return problem;
        }

        IReadOnlyList<string> missing = findMissing(library);
        return missing.Count == 0 ? null
            : $"The provider's library '{library}' needs {string.Join(", ", missing)}, "
                + "which cannot be loaded on this machine. "
                + LibraryAdvice(missing, NativeImports.Read(library));
    }

    /// <summary>
    /// Returns why the driver is not installed; null if it is. Fast, because it does not query the driver.
    /// </summary>
    public static string? FindMissingDriver() => TryLoadDriver(out _) ? null : MissingDriver;

    /// <summary>Returns why the driver has no device to compute on, with a remedy; null if it has one.</summary>
    public static string? FindDriverProblem()
    {
        if (!TryLoadDriver(out IntPtr driver))
        {
            return MissingDriver;
        }

        const int NoDevice = 100;
        int problem = Get<Initialize>(driver, "cuInit")(0);
        int count = 0;
        if (problem == 0)
        {
            problem = Get<CountDevices>(driver, "cuDeviceGetCount")(out count);
        }

        return problem is not (0 or NoDevice)
                    ? $"NVIDIA's driver returns CUDA error {problem}. Run nvidia-smi to find the cause. "
                        + DriverAdvice
                : count == 0
                    ? "NVIDIA's driver finds no GPU. Run nvidia-smi to find the cause, and check CUDA_VISIBLE_DEVICES."
            : null;
    }

    /// <summary>Returns the memory of a device in bytes; null if the driver does not report it.</summary>
    /// <param name="ordinal">The number of the device, from 0.</param>
    public static long? GetMemory(int ordinal) =>
        TryLoadDriver(out IntPtr driver)
        && Get<Initialize>(driver, "cuInit")(0) == 0
        && Get<GetDevice>(driver, "cuDeviceGet")(out int device, ordinal) == 0
        && Get<GetTotalMemory>(driver, "cuDeviceTotalMem_v2")(out nuint bytes, device) == 0
            ? (long)bytes
            : null;

    /// <summary>Where to get a plug-in.</summary>
    public static string PluginAdvice { get; } =
        $"The package Microsoft.ML.OnnxRuntime.EP.Cuda13.{OnnxRuntimeHost.Rid} has one for CUDA: unpack it and use "
        + $"the path of its {s_cudaPlugin}.";

    /// <summary>How to add CUDA to this build.</summary>
    public static string FlavorAdvice { get; } =
        "This build uses the package Microsoft.ML.OnnxRuntime, which runs on the CPU only. For CUDA, build with "
        + "Microsoft.ML.OnnxRuntime.Gpu, or register a plug-in: the package "
        + $"Microsoft.ML.OnnxRuntime.EP.Cuda13.{OnnxRuntimeHost.Rid} contains {s_cudaPlugin}.";

    /// <summary>How to install NVIDIA's driver on this system.</summary>
    public static string DriverAdvice { get; } = OperatingSystem.IsWindows()
        ? "Install it from nvidia.com/drivers, then check that nvidia-smi lists the GPU."
        : "Install it with 'apt-get install nvidia-driver' on Debian or 'ubuntu-drivers install' on Ubuntu, "
            + "then check that nvidia-smi lists the GPU.";

    /// <summary>Returns how to install libraries of CUDA and cuDNN on this system.</summary>
    /// <param name="missing">The missing libraries, at least one.</param>
    /// <param name="needed">All libraries that the provider needs, which determine the version of CUDA.</param>
    public static string LibraryAdvice(IReadOnlyList<string> missing, IReadOnlyList<string> needed)
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

    // Windows has it in its own folder; the current folder, which others may fill, is not searched.
    private static bool TryLoadDriver(out IntPtr driver) => NativeLibrary.TryLoad(
        s_library, typeof(CudaSupport).Assembly, DllImportSearchPath.System32, out driver);

    private static string MissingDriver => OperatingSystem.IsMacOS()
        ? "NVIDIA has no driver for macOS. Use CoreML or the CPU."
        : $"NVIDIA's driver is missing: {s_library} cannot be loaded. {DriverAdvice}";

    private static T Get<T>(IntPtr library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));

    private static bool IsCudnn(string name) => name.Contains("cudnn", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("cudart|cublas|cufft|curand|cusparse|cusolver|nvrtc|nvJitLink", RegexOptions.IgnoreCase)]
    private static partial Regex Toolkit();

    // Only these two have the version number of CUDA; cuFFT and cuRAND have their own.
    [GeneratedRegex(@"(?:cudart|cublas(?:Lt)?)(?:\.so\.|64_)(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex ToolkitVersion();
}
