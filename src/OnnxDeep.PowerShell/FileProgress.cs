using System.Management.Automation;

using OnnxDeep.IO;

namespace OnnxDeep.PowerShell;

/// <summary>A progress bar over a file's bytes, drawn a few times a second at the most.</summary>
internal sealed class FileProgress(Cmdlet cmdlet, string activity, string path)
{
    private const int ActivityId = 1;
    private const long IntervalMilliseconds = 200;

    private readonly long _length = File.Exists(path) ? new FileInfo(path).Length : 0;
    private long _next = Environment.TickCount64 + IntervalMilliseconds;
    private bool _isShown;

    /// <summary>Moves the bar to where the line was read.</summary>
    public void Report(WordLine line)
    {
        long now = Environment.TickCount64;
        if (now < _next || _length == 0)
        {
            return;
        }

        _next = now + IntervalMilliseconds;
        _isShown = true;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, $"{path}, line {line.Number:N0}")
        {
            PercentComplete = (int)Math.Min(100, line.FileOffset * 100 / _length),
        });
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete()
    {
        if (_isShown)
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, activity, path)
            {
                RecordType = ProgressRecordType.Completed,
            });
        }
    }
}
