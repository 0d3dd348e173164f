using OnnxDeep.IO;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Tells lists of words from tables and other formats, whose entire lines would be looked up as words.
/// </summary>
internal static class WordListCheck
{
    private const int MostLines = 20;

    private static readonly HashSet<string> s_extensions = new(
        [".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xml", ".clixml", ".html", ".htm"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks the name of a file and its beginning.</summary>
    /// <param name="path">The path; its extension can be that of another format.</param>
    /// <param name="beginning">The first characters of the file; may end within a line.</param>
    /// <exception cref="OnnxDeepException">The file is not a list of words.</exception>
    public static void Check(string path, ReadOnlySpan<char> beginning)
    {
        if (ForeignFile.DetectText(new string(beginning[..Math.Min(beginning.Length, ForeignFile.PrefixBytes)]))
            is ForeignFile found)
        {
            throw new OnnxDeepException(
                ErrorIds.NotAWordList,
                $"The file '{path}' is not a list of words: it is {found.What}. {found.DataAdvice}");
        }

        string extension = Path.GetExtension(path);
        if (s_extensions.Contains(extension))
        {
            throw Create(path, $"its extension is {extension}");
        }

        ReadOnlySpan<char> text = beginning.TrimStart();
        if (IsJson(text))
        {
            throw Create(path, "it begins like JSON");
        }

        if (text.Length > 1 && text[0] == '<' && (char.IsAsciiLetter(text[1]) || text[1] is '!' or '?'))
        {
            throw Create(path, "it begins like XML or HTML");
        }

        foreach ((char separator, string name) in (ReadOnlySpan<(char, string)>)
            [('\t', "tabs"), (';', "semicolons"), (',', "commas")])
        {
            if (HasColumns(text, separator))
            {
                throw Create(path, $"its lines have columns, separated by {name}");
            }
        }
    }

    private static bool IsJson(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] is not ('{' or '['))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[1..].TrimStart();
        return !rest.IsEmpty && (rest[0] == '"' || (text[0] == '[' && rest[0] is '{' or '['));
    }

    // Columns: at least two lines, all of the first ones with the same number of separators. A comma before a blank
    // can also be one in a term, such as "beans, green".
    private static bool HasColumns(ReadOnlySpan<char> text, char separator)
    {
        int lines = 0;
        int columns = 0;
        foreach (Range range in text.SplitAny('\r', '\n'))
        {
            ReadOnlySpan<char> line = text[range].Trim(' ');

            // The last line can be incomplete.
            if (line.IsEmpty || (range.End.Value == text.Length && lines > 1))
            {
                continue;
            }

            int count = CountSeparators(line, separator);
            if (count == 0 || (lines > 0 && count != columns))
            {
                return false;
            }

            columns = count;
            if (++lines == MostLines)
            {
                return true;
            }
        }

        return lines > 1;
    }

    private static int CountSeparators(ReadOnlySpan<char> line, char separator)
    {
        int count = 0;
        for (int i = 0; i < line.Length; i++)
        {
            bool isInTerm = separator == ',' && i + 1 < line.Length && line[i + 1] == ' ';
            count += line[i] == separator && !isInTerm ? 1 : 0;
        }

        return count;
    }

    private static OnnxDeepException Create(string path, string why) => new(
        ErrorIds.NotAWordList,
        $"The file '{path}' is not a list of words, because {why}: each entire line would be looked up as a word. "
        + "Use a text file with one word per line, or read the file and use its words.");
}
