using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OnnxDeep.Inference.Measurement;

/// <summary>The working set of this process, in bytes.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";

    private delegate int TrimHeap(nuint padding);

    /// <summary>
    /// Releases unused memory, so that one measurement does not affect the next, and resets the peak.
    /// </summary>
    /// <returns>
    /// The memory in use afterwards. Only Linux can reset the peak; on other systems it covers the whole process.
    /// </returns>
    public static long Settle()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ReturnUnused();
        if (OperatingSystem.IsLinux())
        {
            try
            {
                File.WriteAllText("/proc/self/clear_refs", "5");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The kernel does not support it, or the container does not permit it.
            }
        }

        return Environment.WorkingSet;
    }

    /// <summary>
    /// Gives memory that native libraries have released back to the system. Without it, the C library of Linux keeps
    /// most of it for later.
    /// </summary>
    public static void ReturnUnused()
    {
        // Not every C library has malloc_trim.
        if (OperatingSystem.IsLinux()
            && NativeLibrary.TryLoad("libc.so.6", out IntPtr library)
            && NativeLibrary.TryGetExport(library, "malloc_trim", out IntPtr trim))
        {
            Marshal.GetDelegateForFunctionPointer<TrimHeap>(trim)(0);
        }
    }

    /// <summary>Returns the peak since the reset, or since the process started.</summary>
    public static long GetPeak()
    {
        const string Name = "VmHWM:";
        string? line = OperatingSystem.IsLinux() && File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(text => text.StartsWith(Name, StringComparison.Ordinal))
            : null;
        string number = line?[Name.Length..].Replace("kB", string.Empty, StringComparison.Ordinal) ?? string.Empty;
        if (long.TryParse(number, NumberStyles.Integer, CultureInfo.InvariantCulture, out long kilobytes))
        {
            return kilobytes << 10;
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
