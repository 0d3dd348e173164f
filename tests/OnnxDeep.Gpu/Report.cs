using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using OnnxDeep.Inference.Providers;

namespace OnnxDeep.Gpu;

/// <summary>
/// One table as Markdown and CSV; both are rewritten after each row, so that a step that crashes leaves them.
/// </summary>
internal sealed class Report
{
    private readonly string _path;
    private readonly string _head;
    private readonly List<string> _notes = [];
    private readonly List<string[]> _rows = [];

    /// <summary>Creates a report.</summary>
    /// <param name="folder">The output folder; created if it does not exist.</param>
    /// <param name="name">The name of the files without an extension.</param>
    /// <param name="device">The name of the GPU.</param>
    /// <param name="isTrial">Whether the figures are from a CPU.</param>
    public Report(string folder, string name, string device, bool isTrial)
    {
        _path = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        Version? version = typeof(OnnxDeepException).Assembly.GetName().Version;
        string runtime = OnnxRuntimeHost.Environment.GetVersionString();
        string warning = isTrial
            ? "NOT A GPU: a trial of the steps on the CPU. None of the figures are from a GPU." + Environment.NewLine
            : string.Empty;
        _head = string.Create(CultureInfo.InvariantCulture, $"""
            ```

            {warning}{device}
            OnnxDeep {version?.ToString(3)}, ONNX Runtime {runtime}, {RuntimeInformation.FrameworkDescription}
            {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} logical cores

            ```
            """);
    }

    /// <summary>Sets the column names.</summary>
    public void Columns(params string[] names) => _rows.Add(names);

    /// <summary>Adds a row and displays it.</summary>
    public void Add(params object?[] values)
    {
        _rows.Add([.. values.Select(ToText)]);
        Console.WriteLine(string.Join("  ", _rows[^1]));
        Write();
    }

    /// <summary>Adds a sentence below the table and displays it.</summary>
    public void Note(string text)
    {
        _notes.Add(text);
        Console.WriteLine(text);
        Write();
    }

    private static string ToText(object? value) => value switch
    {
        null => string.Empty,
        bool isTrue => isTrue ? "yes" : "no",
        double number => number.ToString(Math.Abs(number) < 1000 ? "G4" : "F0", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!.ReplaceLineEndings(" "),
    };

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private void Write()
    {
        var markdown = new StringBuilder(_head).AppendLine();
        for (int i = 0; i < _rows.Count; i++)
        {
            IEnumerable<string> cells = _rows[i].Select(text => text.Replace("|", "\\|", StringComparison.Ordinal));
            markdown.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
            if (i == 0)
            {
                markdown.Append('|').AppendJoin('|', _rows[i].Select(_ => "---")).AppendLine("|");
            }
        }

        _notes.ForEach(note => markdown.AppendLine().AppendLine(note));
        File.WriteAllText(_path + ".md", markdown.ToString());
        File.WriteAllLines(_path + ".csv", _rows.Select(row => string.Join(',', row.Select(Quote))));
    }
}
