using System.Text;

using OnnxDeep.WordVectors;

namespace OnnxDeep.IO;

/// <summary>Text files with a word or term a line, streamed: no file is too large and no line too long to go on.</summary>
public static class WordFile
{
    private const int BufferLength = 16 * 1024;

    /// <summary>The lines that are not blank. UTF-8, or what a byte order mark says.</summary>
    /// <exception cref="WordFileException">
    /// There is no such file (PathNotFound), it is a folder (PathIsDirectory), holds no text (BinaryFile) or cannot be
    /// opened (FileNotReadable).
    /// </exception>
    public static IEnumerable<WordLine> Read(string path)
    {
        using FileStream stream = Open(path);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferLength);
        char[] buffer = new char[BufferLength];
        var line = new StringBuilder();
        long number = 1;
        bool isFirst = true;
        for (int read; (read = reader.Read(buffer, 0, buffer.Length)) > 0; isFirst = false)
        {
            if (isFirst && buffer.AsSpan(0, read).Contains('\0'))
            {
                throw new WordFileException(
                    "BinaryFile",
                    $"The file '{path}' is binary, not a list of words: its beginning holds NUL characters. "
                    + "Name a text file with one word a line.");
            }

            for (int start = 0; start < read;)
            {
                int length = buffer.AsSpan(start, read - start).IndexOf('\n');
                int end = length < 0 ? read : start + length;

                // The rest of a line that is too long already is not kept.
                int room = Math.Max(0, Term.MaximumLength + 2 - line.Length);
                line.Append(buffer, start, Math.Min(end - start, room));
                start = end + 1;
                if (length >= 0)
                {
                    if (Take(line) is string text)
                    {
                        yield return new WordLine(number, text, stream.Position);
                    }

                    number++;
                }
            }
        }

        if (Take(line) is string last)
        {
            yield return new WordLine(number, last, stream.Position);
        }
    }

    private static string? Take(StringBuilder line)
    {
        string text = line.ToString().TrimEnd('\r');
        line.Clear();
        return string.IsNullOrWhiteSpace(text) && text.Length <= Term.MaximumLength ? null : text;
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new WordFileException(
                "PathIsDirectory",
                $"'{path}' is a folder, not a file of words. Name a file, or a pattern such as "
                + $"'{Path.Combine(path, "*.txt")}' with -Path.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new WordFileException(
                "PathNotFound", $"There is no file '{path}'. Check the path; -Path takes wildcards, -LiteralPath does not.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WordFileException("FileNotReadable", $"The file '{path}' cannot be read: {e.Message}", e);
        }
    }
}
