using System.Runtime.InteropServices;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// Determines whether the CUDA provider of the Gpu package can run, and what it is missing; queries NVIDIA's driver
/// without CUDA's own libraries.
/// </summary>
internal static class CudaSupport
{
    private static readonly string s_library = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

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
                : driver is null ? ProviderAdvice.Flavor
                : $"{ProviderAdvice.Flavor} {driver}";
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
                + ProviderAdvice.ForLibraries(missing, NativeImports.Read(library));
    }

    /// <summary>
    /// Returns why the driver is not installed; null if it is. Fast, because it does not query the driver.
    /// </summary>
    public static string? FindMissingDriver() => NativeLibrary.TryLoad(s_library, out _) ? null : MissingDriver;

    /// <summary>Returns why the driver has no device to compute on, with a remedy; null if it has one.</summary>
    public static string? FindDriverProblem()
    {
        if (!NativeLibrary.TryLoad(s_library, out IntPtr driver))
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
                        + ProviderAdvice.Driver
                : count == 0
                    ? "NVIDIA's driver finds no GPU. Run nvidia-smi to find the cause, and check CUDA_VISIBLE_DEVICES."
            : null;
    }

    /// <summary>Returns the memory of a device in bytes; null if the driver does not report it.</summary>
    /// <param name="ordinal">The number of the device, from 0.</param>
    public static long? GetMemory(int ordinal) =>
        NativeLibrary.TryLoad(s_library, out IntPtr driver)
        && Get<Initialize>(driver, "cuInit")(0) == 0
        && Get<GetDevice>(driver, "cuDeviceGet")(out int device, ordinal) == 0
        && Get<GetTotalMemory>(driver, "cuDeviceTotalMem_v2")(out nuint bytes, device) == 0
            ? (long)bytes
            : null;

    private static string MissingDriver => OperatingSystem.IsMacOS()
        ? "NVIDIA has no driver for macOS. Use CoreML or the CPU."
        : $"NVIDIA's driver is missing: {s_library} cannot be loaded. {ProviderAdvice.Driver}";

    private static T Get<T>(IntPtr library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
