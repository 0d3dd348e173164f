using System.Runtime.InteropServices;

namespace OnnxDeep.Inference.Providers;

/// <summary>NVIDIA's driver, asked without CUDA's own libraries.</summary>
internal static class CudaDriver
{
    private static readonly string s_library = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    private delegate int Initialize(uint flags);

    private delegate int CountDevices(out int count);

    private delegate int GetDevice(out int device, int ordinal);

    private delegate int GetTotalMemory(out nuint bytes, int device);

    private static string Missing => OperatingSystem.IsMacOS()
        ? "NVIDIA makes no driver for macOS. Use CoreML or the CPU."
        : $"NVIDIA's driver is missing: {s_library} does not load. {ProviderAdvice.Driver}";

    /// <summary>The same where the driver is not installed at all; quick, since nothing is asked of it.</summary>
    public static string? FindMissing() => NativeLibrary.TryLoad(s_library, out _) ? null : Missing;

    /// <summary>Why the driver has no device to compute on, and what mends it; null where it has.</summary>
    public static string? FindProblem()
    {
        if (!NativeLibrary.TryLoad(s_library, out IntPtr driver))
        {
            return Missing;
        }

        const int NoDevice = 100;
        int problem = Get<Initialize>(driver, "cuInit")(0);
        int count = 0;
        if (problem == 0)
        {
            problem = Get<CountDevices>(driver, "cuDeviceGetCount")(out count);
        }

        return problem is not (0 or NoDevice)
                ? $"NVIDIA's driver answers with CUDA error {problem}. Run nvidia-smi to see what it lacks. "
                    + ProviderAdvice.Driver
            : count == 0
                ? "NVIDIA's driver sees no GPU. Run nvidia-smi to see what it lacks, and look at CUDA_VISIBLE_DEVICES."
            : null;
    }

    /// <summary>A device's memory in bytes; null where the driver does not say.</summary>
    /// <param name="ordinal">From 0.</param>
    public static long? GetMemory(int ordinal) =>
        NativeLibrary.TryLoad(s_library, out IntPtr driver)
        && Get<Initialize>(driver, "cuInit")(0) == 0
        && Get<GetDevice>(driver, "cuDeviceGet")(out int device, ordinal) == 0
        && Get<GetTotalMemory>(driver, "cuDeviceTotalMem_v2")(out nuint bytes, device) == 0
            ? (long)bytes
            : null;

    private static T Get<T>(IntPtr library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
