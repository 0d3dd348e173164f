using System.Diagnostics;
using System.Globalization;

namespace OnnxDeep.Inference;

/// <summary>The memory of this process that the system keeps in its working set, in bytes.</summary>
internal static class ProcessMemory
{
    private const string Status = "/proc/self/status";

    /// <summary>Now.</summary>
    public static long Current => Environment.WorkingSet;

    /// <summary>Forgets the highest value so far, where the system can: on Linux.</summary>
    public static void ResetPeak()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A kernel without it, or a locked container: the peak is then that of the whole process.
        }
    }

    /// <summary>The highest value since the reset, or since the process began.</summary>
    public static long GetPeak()
    {
        const string Name = "VmHWM:";
        string? line = OperatingSystem.IsLinux() && File.Exists(Status)
            ? File.ReadLines(Status).FirstOrDefault(text => text.StartsWith(Name, StringComparison.Ordinal))
            : null;
        if (line is not null
            && long.TryParse(line[Name.Length..].Replace("kB", string.Empty, StringComparison.Ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture, out long kilobytes))
        {
            return kilobytes << 10;
        }

        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
