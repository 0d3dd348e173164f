using System.Diagnostics;

using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Measurement;

/// <summary>Repeats a run and records how long each repetition takes.</summary>
internal sealed class LatencyMeter(
    TimeSpan duration, int warmUpRuns, Action<double>? progress, CancellationToken cancellationToken)
{
    private static readonly long s_interval = Stopwatch.Frequency / 5;

    private readonly long _length = (long)(duration.TotalSeconds * Stopwatch.Frequency);

    /// <summary>The latencies in ticks of <see cref="Stopwatch"/>.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>The duration of the very first run.</summary>
    public TimeSpan FirstRun { get; private set; }

    /// <summary>The managed memory that all measured runs allocated, in bytes.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>Warms up, then measures.</summary>
    public void Measure(PreparedRun run, RunOptions options)
    {
        WarmUp(run, options);
        long start = Stopwatch.GetTimestamp();
        long end = start + _length;
        for (long now = start; now < end || Latencies.Count == 0; now = Stopwatch.GetTimestamp())
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke((double)(now - start) / Math.Max(1, _length));
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            Repeat(run, options, Math.Min(end, now + s_interval));
            AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        }
    }

    private void Repeat(PreparedRun run, RunOptions options, long end)
    {
        long before = Stopwatch.GetTimestamp();
        do
        {
            before = Time(run, options, before);
        }
        while (before < end);
    }

    /// <summary>Runs once and records the time since the previous run ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="before">The time when the previous run ended, so that each run reads the clock only once.</param>
    /// <returns>The current time.</returns>
    public long Time(PreparedRun run, RunOptions options, long before)
    {
        run.Run(options);
        long now = Stopwatch.GetTimestamp();
        Latencies.Add(now - before);
        return now;
    }

    private void WarmUp(PreparedRun run, RunOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        run.RunFirst(options);
        FirstRun = Stopwatch.GetElapsedTime(start);
        for (int done = 1;
            done < run.LeastWarmUpRuns || (done < warmUpRuns && Stopwatch.GetTimestamp() - start < _length);
            done++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Run(options);
        }
    }
}
