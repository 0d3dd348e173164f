using System.Management.Automation;

using OnnxDeep.Words.Lookup;

namespace OnnxDeep.PowerShell.Common;

/// <summary>A progress bar over a file's bytes.</summary>
internal sealed class FileProgress(Cmdlet cmdlet, string activity, string path)
{
    private readonly long _length = File.Exists(path) ? new FileInfo(path).Length : 0;
    private readonly ProgressBar _bar = new(cmdlet, activity);

    /// <summary>Moves the bar to where the line was read.</summary>
    public void Report(WordLine line)
    {
        if (_length > 0)
        {
            _bar.Report(
                (double)line.FileOffset / _length,
                () => FormattableString.Invariant($"{path}, line {line.Number:N0}"));
        }
    }

    /// <summary>Takes the bar away.</summary>
    public void Complete() => _bar.Complete();
}
