using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Gpu;

/// <summary>One table as Markdown and CSV, rewritten with each row: a step that ends early leaves them.</summary>
internal sealed class Report
{
    private readonly string _path;
    private readonly string _head;
    private readonly List<string> _notes = [];
    private readonly List<string[]> _rows = [];

    /// <summary>Begins a report.</summary>
    /// <param name="folder">Is created.</param>
    /// <param name="name">The files' name without an extension.</param>
    /// <param name="device">The GPU's name.</param>
    /// <param name="isTrial">Whether no figure is a GPU's.</param>
    public Report(string folder, string name, string device, bool isTrial)
    {
        _path = Path.Combine(Directory.CreateDirectory(folder).FullName, name);
        Version? version = typeof(OnnxDeepException).Assembly.GetName().Version;
        string runtime = OrtEnv.Instance().GetVersionString();
        string warning = isTrial
            ? "NOT A GPU: a trial of the steps on the processor. No figure is a GPU's." + Environment.NewLine
            : string.Empty;
        _head = string.Create(CultureInfo.InvariantCulture, $"""
            ```

            {warning}{device}
            OnnxDeep {version?.ToString(3)}, ONNX Runtime {runtime}, {RuntimeInformation.FrameworkDescription}
            {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} logical cores

            ```
            """);
    }

    /// <summary>Begins the table.</summary>
    public void Columns(params string[] names) => _rows.Add(names);

    /// <summary>Adds a row, and shows it.</summary>
    public void Add(params object?[] values)
    {
        _rows.Add([.. values.Select(ToText)]);
        Console.WriteLine(string.Join("  ", _rows[^1]));
        Write();
    }

    /// <summary>Adds a sentence below the table, and shows it.</summary>
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
