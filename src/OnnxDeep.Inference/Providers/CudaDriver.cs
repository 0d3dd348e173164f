using System.Runtime.InteropServices;

namespace OnnxDeep.Inference.Providers;

/// <summary>Queries NVIDIA's driver without CUDA's own libraries.</summary>
internal static class CudaDriver
{
    private static readonly string s_library = OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    private delegate int Initialize(uint flags);

    private delegate int CountDevices(out int count);

    private delegate int GetDevice(out int device, int ordinal);

    private delegate int GetTotalMemory(out nuint bytes, int device);

    private static string Missing => OperatingSystem.IsMacOS()
        ? "NVIDIA has no driver for macOS. Use CoreML or the CPU."
        : $"NVIDIA's driver is missing: {s_library} cannot be loaded. {ProviderAdvice.Driver}";

    /// <summary>
    /// Returns why the driver is not installed; null if it is. Fast, because it does not query the driver.
    /// </summary>
    public static string? FindMissing() => NativeLibrary.TryLoad(s_library, out _) ? null : Missing;

    /// <summary>Returns why the driver has no device to compute on, with a remedy; null if it has one.</summary>
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

    private static T Get<T>(IntPtr library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
