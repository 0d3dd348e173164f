using System.Diagnostics;
using System.Globalization;

using OnnxDeep.Inference.Measurement;

namespace OnnxDeep.Gpu;

/// <summary>Measures the memory that remains in use after 1,000 sessions are opened, run once and closed.</summary>
internal static class SessionsStep
{
    private const int Sessions = 1000;
    private const int Part = 100;
    private const long MostGrowth = 64;

    /// <summary>Passes if neither memory grows by more than 64 MB after the first 100 sessions.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Sessions", "Seconds", "Process MB", "Device MB");
        var provider = run.GetProvider();
        long start = Stopwatch.GetTimestamp();
        (long Process, long? Device) first = default;
        (long Process, long? Device) last = default;
        for (int count = 1; count <= Sessions; count++)
        {
            run.Token.ThrowIfCancellationRequested();
            AnswersStep.RunOnce(run, GpuRun.Food, provider);
            if (count == 1 || count % Part == 0)
            {
                last = (ProcessMemory.Settle() >> 20, run.IsTrial ? null : GetDeviceMegabytes());
                first = count <= Part ? last : first;
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                report.Add(count, seconds, last.Process, last.Device);
            }
        }

        return last.Process - first.Process <= MostGrowth && !(last.Device - first.Device > MostGrowth);
    }

    // The memory of all processes, because containers hide the memory of each; a test machine runs only this one.
    // Partitions of a GPU do not report it.
    private static long? GetDeviceMegabytes()
    {
        string[] query = ["--query-gpu=memory.used", "--format=csv,noheader,nounits", "--id=0"];
        var start = new ProcessStartInfo("nvidia-smi", query) { RedirectStandardOutput = true };
        using Process program = Process.Start(start)!;
        string output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        return long.TryParse(output, CultureInfo.InvariantCulture, out long megabytes) ? megabytes : null;
    }
}
