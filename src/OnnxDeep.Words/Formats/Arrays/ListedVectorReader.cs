namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Reads rows from one file and their words from another, in parallel.</summary>
internal sealed class ListedVectorReader : IVectorReader
{
    private readonly FloatRows _rows;
    private readonly WordList _words;
    private readonly IDisposable _source;
    private readonly string _path;
    private readonly Func<long> _bytesRead;
    private long _read;

    /// <summary>Creates a reader for open files.</summary>
    /// <param name="format">The format as users know it.</param>
    /// <param name="path">The path of the vectors, for errors.</param>
    /// <param name="rows">The vectors, positioned at the first one.</param>
    /// <param name="words">The words; closed with this reader.</param>
    /// <param name="source">The stream that the rows are read from; closed with this reader.</param>
    /// <param name="bytesRead">Gets the number of bytes read so far.</param>
    /// <param name="totalBytes">The total number of bytes to read.</param>
    public ListedVectorReader(
        string format,
        string path,
        FloatRows rows,
        WordList words,
        IDisposable source,
        Func<long> bytesRead,
        long totalBytes)
    {
        Format = format;
        _path = path;
        _rows = rows;
        _words = words;
        _source = source;
        _bytesRead = bytesRead;
        TotalBytes = totalBytes;
    }

    public string Format { get; }

    public int Dimensions => _rows.Dimensions;

    public long BytesRead => _bytesRead();

    public long TotalBytes { get; }

    /// <summary>Whether the file should end after the rows.</summary>
    public bool IsWholeFile { get; init; }

    public bool IsUtf8 => _words.IsUtf8;

    public void ReadTo(VectorSink sink)
    {
        float[] vector = new float[Dimensions];
        sink.Path = _path;
        sink.KeyPath = _words.Path;
        while (_read < _rows.Count && !sink.IsFull)
        {
            if (!_words.TryRead(out ReadOnlySpan<byte> word))
            {
                break;
            }

            long offset = _rows.Offset;
            _rows.Read(vector);
            _read++;
            sink.Add(word, vector, offset, _words.Lines, _words.Offset);
        }

        if (IsWholeFile && _read == _rows.Count)
        {
            sink.Unread = _rows.SkipRest(sink.Stop);
        }

        _words.CheckEnd(_rows.Count);
    }

    public void Dispose()
    {
        _words.Dispose();
        _source.Dispose();
    }
}
