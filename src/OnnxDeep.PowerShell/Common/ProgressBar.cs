using System.Diagnostics;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>A progress bar that is updated a few times per second, and does not appear for short operations.</summary>
internal sealed class ProgressBar(OnnxDeepCmdlet cmdlet, string activity)
{
    private const int ActivityId = 1;
    private const long IntervalMilliseconds = 200;

    private readonly long _start = Stopwatch.GetTimestamp();
    private long _next = Environment.TickCount64 + IntervalMilliseconds;
    private bool _isShown;

    /// <summary>Updates the bar.</summary>
    /// <param name="fraction">The completed fraction, from 0 to 1.</param>
    /// <param name="status">Creates the status text; called only if the bar is updated.</param>
    public void Report(double fraction, Func<string> status)
    {
        long now = Environment.TickCount64;
        if (now < _next)
        {
            return;
        }

        _next = now + IntervalMilliseconds;
        _isShown = true;
        fraction = Math.Clamp(fraction, 0, 1);
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, status())
        {
            PercentComplete = (int)(fraction * 100),
            SecondsRemaining = fraction > 0 ? (int)Math.Min(int.MaxValue, seconds * (1 - fraction) / fraction) : -1,
        });
    }

    /// <summary>Removes the bar.</summary>
    public void Complete()
    {
        if (_isShown)
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, " ")
            {
                RecordType = ProgressRecordType.Completed,
            });
        }
    }
}
