using System.Text;

using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace OnnxDeep.HelpBuilder;

/// <summary>Writes an about topic as text for an 80-column window.</summary>
internal sealed class AboutWriter
{
    private const int Width = 80;
    private const int Indent = 4;
    private const int ColumnGap = 2;

    private static readonly string s_indent = new(' ', Indent);

    private readonly string _file;
    private readonly MarkdownText _text;
    private readonly List<string> _lines = [];

    private AboutWriter(string file)
    {
        _file = file;
        _text = new MarkdownText(file);
    }

    /// <summary>Returns the text of a page.</summary>
    /// <exception cref="SourceException">The page contains something that 80-column text cannot show.</exception>
    public static string Write(string file) => new AboutWriter(file).Write(MarkdownSection.Load(file));

    private string Write(MarkdownSection page)
    {
        _lines.AddRange(["TOPIC", s_indent + page.Title, string.Empty]);
        foreach (MarkdownSection section in page.Sections)
        {
            _lines.Add(section.Title);
            foreach (Block block in section.Blocks)
            {
                Write(block);
                _lines.Add(string.Empty);
            }
        }

        return string.Join('\n', _lines);
    }

    private void Write(Block block)
    {
        switch (block)
        {
            case ListBlock list:
                foreach (string item in _text.Items(list))
                {
                    _lines.AddRange(Wrap(item, Width, s_indent + "- ", Indent + 2));
                }

                break;
            case FencedCodeBlock code:
                foreach (string line in MarkdownText.Code(code).Split('\n'))
                {
                    WriteCode(line);
                }

                break;
            case Table table:
                WriteTable(_text.Rows(table));
                break;
            default:
                _lines.AddRange(Wrap(_text.Paragraph(block), Width, s_indent, Indent));
                break;
        }
    }

    private void WriteCode(string line)
    {
        if (line.Length > Width - (2 * Indent))
        {
            throw new SourceException(
                _file, $"the line of code '{line}' is wider than {Width - (2 * Indent)} columns.");
        }

        _lines.Add(line.Length == 0 ? line : s_indent + s_indent + line);
    }

    // The last column gets the remaining width. Headings are only for the web page; here, the section title is enough.
    private void WriteTable(IReadOnlyList<string[]> rows)
    {
        int columns = rows[0].Length;
        int[] widths = [.. Enumerable.Range(0, columns - 1).Select(i => rows.Max(row => row[i].Length) + ColumnGap)];
        foreach (string[] row in rows.Skip(1))
        {
            string left = s_indent + string.Concat(widths.Select((width, i) => row[i].PadRight(width)));
            _lines.AddRange(Wrap(row[^1], Width, left, left.Length));
        }
    }

    // Returns lines of at most the specified width; only a single word can exceed it.
    private static IEnumerable<string> Wrap(string text, int width, string first, int rest)
    {
        var line = new StringBuilder(first);
        bool isEmpty = true;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(' ', rest);
                isEmpty = true;
            }

            line.Append(isEmpty ? string.Empty : " ").Append(word);
            isEmpty = false;
        }

        yield return line.ToString();
    }
}
