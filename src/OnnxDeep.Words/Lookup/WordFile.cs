using System.Buffers;
using System.Text;

using Microsoft.Win32.SafeHandles;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Reads text files with one word or term per line as a stream, with no limit on the size of the file or the length of
/// a line. A line ends at CR, LF, both, or any other character that Unicode calls a line end (UAX 14): no word contains
/// one.
/// </summary>
internal static class WordFile
{
    private const int BufferLength = 16 * 1024;

    private static readonly SearchValues<char> s_lineEnds =
        SearchValues.Create("\n\r\v\f\u0085\u2028\u2029");

    /// <summary>
    /// Reads the lines that are not blank. The encoding is UTF-8, unless a byte order mark says otherwise.
    /// </summary>
    /// <param name="path">The path of a file, a pipe or a device.</param>
    /// <param name="cancellationToken">
    /// Checked at least every 16,384 characters, whatever the length of the lines.
    /// </param>
    /// <exception cref="OnnxDeepException">
    /// The file does not exist (PathNotFound), is a folder (PathIsDirectory), is not text (BinaryFile), is a table or
    /// the like (NotAWordList) or cannot be read (FileNotReadable).
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IEnumerable<WordLine> Read(string path, CancellationToken cancellationToken = default)
    {
        using Stream stream = Open(path, cancellationToken);
        CheckKind(stream, path);
        using var reader = new StreamReader(
            stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferLength);
        char[] buffer = new char[BufferLength];
        var line = new StringBuilder();
        long number = 1;
        bool isFirst = true;
        bool isAfterReturn = false;
        for (int read; (read = Fill(reader, buffer, path)) > 0; isFirst = false)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isFirst && buffer.AsSpan(0, read).Contains('\0'))
            {
                throw new OnnxDeepException(
                    ErrorIds.BinaryFile,
                    $"The file '{path}' is binary, not a list of words: its beginning contains NUL characters. "
                    + "Use a text file with one word per line.");
            }

            if (isFirst)
            {
                WordListCheck.Check(path, buffer.AsSpan(0, read));
            }

            for (int start = 0; start < read;)
            {
                if (isAfterReturn && buffer[start] == '\n')
                {
                    start++;
                }

                int length = buffer.AsSpan(start, read - start).IndexOfAny(s_lineEnds);
                int end = length < 0 ? read : start + length;
                isAfterReturn = length >= 0 && buffer[end] == '\r';

                // The rest of a line that is already too long is discarded.
                int room = Math.Max(0, Term.MaximumLength + 2 - line.Length);
                line.Append(buffer, start, Math.Min(end - start, room));
                start = end + 1;
                if (length >= 0)
                {
                    if (Take(line) is string text)
                    {
                        yield return new WordLine(number, text, Position(stream));
                    }

                    number++;
                }
            }
        }

        if (Take(line) is string last)
        {
            yield return new WordLine(number, last, Position(stream));
        }
    }

    // Compressed text may contain no NUL at its beginning.
    private static void CheckKind(Stream stream, string path)
    {
        if (stream.CanSeek && stream.Length > 0 && ForeignFile.Detect(stream) is { Kind: not ForeignKind.Text } found)
        {
            throw new OnnxDeepException(
                ErrorIds.BinaryFile,
                $"The file '{path}' is not a list of words: it is {found.What}. {found.DataAdvice}");
        }
    }

    private static long Position(Stream stream) => stream.CanSeek ? stream.Position : 0;

    private static string? Take(StringBuilder line)
    {
        string text = line.ToString();
        line.Clear();
        return string.IsNullOrWhiteSpace(text) && text.Length <= Term.MaximumLength ? null : text;
    }

    private static int Fill(StreamReader reader, char[] buffer, string path)
    {
        try
        {
            return reader.Read(buffer, 0, buffer.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, e);
        }
    }

    private static Stream Open(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            throw new OnnxDeepException(
                ErrorIds.PathIsDirectory,
                $"'{path}' is a folder, not a word file. Specify a file, or a pattern such as "
                + $"'{Path.Combine(path, "*.txt")}'.");
        }

        try
        {
            SafeFileHandle handle = InputFile.OpenHandle(
                path, out FileKind kind, share: FileShare.ReadWrite | FileShare.Delete);
            return kind == FileKind.File
                ? new FileStream(handle, FileAccess.Read)
                : new PipeStream(handle, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw PathProblem.Find(path) ?? new OnnxDeepException(
                ErrorIds.PathNotFound,
                $"The file '{path}' does not exist. Check the path.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotReadable(path, e);
        }
    }

    private static OnnxDeepException NotReadable(string path, Exception cause) => new(
        ErrorIds.FileNotReadable,
        $"The file '{path}' cannot be read: {cause.Message} Check that you have permission to read it.",
        cause);
}

/// <summary>A line of a word file that is not blank.</summary>
/// <param name="Number">The line number, from 1.</param>
/// <param name="Text">The line; if it is too long, only its beginning, which is still too long.</param>
/// <param name="FileOffset">The number of bytes read from the file, for a progress bar.</param>
internal readonly record struct WordLine(long Number, string Text, long FileOffset);
