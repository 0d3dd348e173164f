namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>The words of a file that only contains vectors: one per line, in the order of the rows.</summary>
internal sealed class WordList : IDisposable
{
    private static readonly string[] s_extensions = [".txt", ".words", ".vocab", ".vocab.txt"];
    private static readonly string[] s_names = ["vocab.txt", "words.txt"];

    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    private WordList(string path)
    {
        Path = path;
        _file = SourceStream.OpenFile(path);
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The offset of the last line, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>The number of lines read so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Opens the list in the options, or one beside the vectors.</summary>
    /// <param name="vectorsPath">The path of the vectors.</param>
    /// <param name="listPath">The path of the list; null to look for one.</param>
    /// <exception cref="FileNotFoundException">The specified list does not exist.</exception>
    /// <exception cref="FileFormatException">There is no list beside the vectors.</exception>
    public static WordList Open(string vectorsPath, string? listPath)
    {
        if (listPath is not null)
        {
            return new WordList(listPath);
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
            ? new WordList(System.IO.Path.Combine(folder, found))
            : throw new FileFormatException(
                ErrorIds.WordListMismatch,
                vectorsPath,
                0,
                $"a word list beside it, looked for {string.Join(", ", candidates)}",
                "Specify a file with one word per line.");
    }

    /// <summary>Reads a line.</summary>
    /// <param name="word">The word without the line end, in the list's own encoding; valid until the next call.</param>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="FileFormatException">The line is too long to be a word.</exception>
    public bool TryRead(out ReadOnlySpan<byte> word)
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
        {
            if (_end - _start > SourceLimits.KeyBytes)
            {
                throw new FileFormatException(
                    Path,
                    _file.Position - _end + _start,
                    FormattableString.Invariant($"words of at most {SourceLimits.KeyBytes:N0} bytes, one per line"));
            }

            if (!Fill())
            {
                length = _end - _start;
                break;
            }
        }

        word = _buffer.AsSpan(_start, length).TrimEnd((byte)'\r');
        Offset = _file.Position - _end + _start;
        bool isLine = _start < _end;
        _start = Math.Min(_end, _start + length + 1);
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
                _file.Position,
                FormattableString.Invariant($"{rows:N0} words, one for each vector, found {Lines:N0}"),
                "Specify the list that belongs to the vectors.");
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int read = _file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
