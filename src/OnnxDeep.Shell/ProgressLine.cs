using System.Globalization;
using System.Management.Automation;

namespace OnnxDeep.Shell;

/// <summary>One line of progress that replaces itself, on a terminal only.</summary>
internal sealed class ProgressLine
{
    private readonly bool _isTerminal = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private int _length;

    /// <summary>Shows the record in place of the one before.</summary>
    public void Show(ProgressRecord record)
    {
        if (!_isTerminal)
        {
            return;
        }

        Clear();
        if (record.RecordType == ProgressRecordType.Completed)
        {
            return;
        }

        string percent = record.PercentComplete < 0
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $" {record.PercentComplete}%");
        string text = $"{record.Activity}: {record.StatusDescription}{percent}";

        // The last column stays free: a full line would wrap and could not be taken back.
        text = text[..Math.Min(text.Length, Math.Max(0, Console.WindowWidth - 1))];
        Console.Error.Write(text);
        _length = text.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_length > 0)
        {
            Console.Error.Write($"\r{new string(' ', _length)}\r");
            _length = 0;
        }
    }
}
