namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>The words of a file that holds vectors alone: one a line, in the order of the rows.</summary>
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
        _file = SourceFile.OpenFile(path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where the last line starts, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>The lines read so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Opens the list that the options name, or one that lies beside the vectors.</summary>
    /// <param name="vectorsPath">The vectors.</param>
    /// <param name="listPath">The list; null looks for one.</param>
    /// <exception cref="FileNotFoundException">The list that was named is not there.</exception>
    /// <exception cref="FileFormatException">There is none beside the vectors.</exception>
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
                $"a list of its words beside it, looked for {string.Join(", ", candidates)}",
                "Name a file with one word on each line.");
    }

    /// <summary>Reads a line.</summary>
    /// <param name="word">Without its end, in the list's own encoding; valid until the next call.</param>
    /// <returns><see langword="false"/> at the end.</returns>
    /// <exception cref="FileFormatException">The line is too long for a word.</exception>
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
                    FormattableString.Invariant($"words of at most {SourceLimits.KeyBytes:N0} bytes, one a line"));
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

    /// <summary>Checks that the list ends with the rows; empty lines at its end do no harm.</summary>
    /// <param name="rows">The rows of the vectors.</param>
    /// <exception cref="FileFormatException">There are more lines or fewer.</exception>
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
                "Name the list that belongs to the vectors.");
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
