using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Words.Formats.Text;

namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>
/// The words of a file that only contains vectors: one per line, in the order of the rows. A list in UTF-16 is
/// converted to UTF-8.
/// </summary>
internal sealed class WordList : IDisposable
{
    private static readonly string[] s_extensions = [".txt", ".words", ".vocab", ".vocab.txt"];
    private static readonly string[] s_names = ["vocab.txt", "words.txt"];

    private readonly Stream _text;
    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly ForeignFile? _found;
    private int _start;
    private int _end;
    private long _read;

    private WordList(string path, Encoding encoding, SourceFiles files)
    {
        Path = path;
        _file = files.Open(path);
        _text = _file;
        try
        {
            int length = _file.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
            _file.Position = 0;
            _found = ForeignFile.Detect(_buffer.AsSpan(0, length));
            if (WideText.ToUtf8(_file, _buffer.AsSpan(0, length), encoding) is Stream utf8)
            {
                _text = utf8;
                IsUtf8 = true;
            }
            else if (CarriageReturnStream.IsFor(_buffer.AsSpan(0, length)))
            {
                _text = new CarriageReturnStream(_file);
            }
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>Whether the words have become UTF-8, whatever the encoding of the file.</summary>
    public bool IsUtf8 { get; }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The offset of the last line, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>The number of lines read so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Opens the list in the options, or one beside the vectors.</summary>
    /// <param name="vectorsPath">The path of the vectors.</param>
    /// <param name="options">The path of the list, or null to look for one, and the encoding.</param>
    /// <param name="files">Opens the list.</param>
    /// <exception cref="FileNotFoundException">The specified list does not exist.</exception>
    /// <exception cref="FileFormatException">There is no list beside the vectors.</exception>
    public static WordList Open(string vectorsPath, ImportOptions options, SourceFiles files)
    {
        if (options.WordListPath is not null)
        {
            return new WordList(options.WordListPath, options.Encoding, files);
        }

        string folder = System.IO.Path.GetDirectoryName(vectorsPath) ?? string.Empty;
        string file = System.IO.Path.GetFileName(vectorsPath);
        if (file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            file = file[..^3];
        }

        string stem = System.IO.Path.GetFileNameWithoutExtension(file);
        string[] candidates = [.. s_extensions.Select(extension => stem + extension), .. s_names];
        string? found = Array.Find(
            candidates, name => name != file && File.Exists(System.IO.Path.Combine(folder, name)));
        return found is not null
            ? new WordList(System.IO.Path.Combine(folder, found), options.Encoding, files)
            : throw new FileFormatException(
                ErrorIds.WordListMismatch,
                vectorsPath,
                0,
                $"a word list beside it, looked for {string.Join(", ", candidates)}",
                "Specify a file with one word per line.");
    }

    /// <summary>Reads a line.</summary>
    /// <param name="word">
    /// The word without the line end, in the list's own encoding; valid until the next call. Only the start of a line
    /// that is too long to be a word.
    /// </param>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="FileFormatException">The file has no lines of words.</exception>
    public bool TryRead(out ReadOnlySpan<byte> word)
    {
        Offset = _read - _end + _start;
        int length;
        while ((length = Rest.IndexOf((byte)'\n')) < 0 && Rest.Length <= SourceLimits.KeyBytes && Fill())
        {
        }

        bool isLine = _start < _end;
        if (length < 0 && Rest.Length > SourceLimits.KeyBytes)
        {
            word = ReadLong();
        }
        else
        {
            length = length < 0 ? Rest.Length : length;
            word = Rest[..length].TrimEnd((byte)'\r');
            _start = Math.Min(_end, _start + length + 1);
        }

        if (Lines == 0 && word.StartsWith("\uFEFF"u8))
        {
            word = word["\uFEFF"u8.Length..];
        }

        Lines += isLine ? 1 : 0;
        return isLine;
    }

    /// <summary>Checks that the list ends with the rows; trailing empty lines are ignored.</summary>
    /// <param name="rows">The number of vectors.</param>
    /// <exception cref="FileFormatException">There are more or fewer lines.</exception>
    public void CheckEnd(long rows)
    {
        while (TryRead(out ReadOnlySpan<byte> word))
        {
            Lines -= Lines > rows && word.IsEmpty ? 1 : 0;
        }

        if (Lines != rows)
        {
            throw new FileFormatException(
                ErrorIds.WordListMismatch,
                Path,
                _read,
                FormattableString.Invariant($"{Quantity.Of(rows, "word")}, one for each vector, found {Lines:N0}")
                + (_found is null ? string.Empty : $" in a file that is {_found.What}"),
                _found?.DataAdvice ?? "Specify the list that belongs to the vectors.");
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _text.Dispose();
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    private byte[] ReadLong()
    {
        byte[] start = Rest[..(SourceLimits.KeyBytes + 1)].ToArray();
        do
        {
            int length = Rest.IndexOf((byte)'\n');
            _start = length < 0 ? _end : _start + length + 1;
            if (length >= 0)
            {
                break;
            }

            if (_read - Offset > SourceLimits.LineBytes)
            {
                throw new FileFormatException(
                    Path,
                    Offset,
                    FormattableString.Invariant($"words of at most {SourceLimits.KeyBytes:N0} bytes, one per line"));
            }
        }
        while (Fill());
        return start;
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int read = _text.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _read += read;
        return read > 0;
    }
}
