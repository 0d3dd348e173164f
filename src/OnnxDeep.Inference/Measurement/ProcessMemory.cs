using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OnnxDeep.Inference.Measurement;

/// <summary>The memory of this process that the system keeps in its working set, in bytes.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";

    private delegate int TrimHeap(nuint padding);

    /// <summary>
    /// Gives back what nobody uses, so that one measurement does not fill what another one left, and forgets the peak.
    /// </summary>
    /// <returns>What is used then. Only Linux forgets; elsewhere the peak stays that of the whole process.</returns>
    public static long Settle()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
        {
            // Not every C library has it.
            if (NativeLibrary.TryLoad("libc.so.6", out IntPtr library)
                && NativeLibrary.TryGetExport(library, "malloc_trim", out IntPtr trim))
            {
                Marshal.GetDelegateForFunctionPointer<TrimHeap>(trim)(0);
            }

            try
            {
                File.WriteAllText("/proc/self/clear_refs", "5");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A kernel without it, or a locked container.
            }
        }

        return Environment.WorkingSet;
    }

    /// <summary>The highest value since the reset, or since the process began.</summary>
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
