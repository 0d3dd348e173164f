namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Rows in one file and their words in another, read side by side.</summary>
internal sealed class ListedVectorReader : IVectorReader
{
    private readonly FloatRows _rows;
    private readonly WordList _words;
    private readonly IDisposable _source;
    private readonly string _path;
    private readonly Func<long> _bytesRead;
    private long _read;

    /// <summary>Takes what has been opened.</summary>
    /// <param name="format">As users call it.</param>
    /// <param name="path">The vectors, for errors.</param>
    /// <param name="rows">The vectors, before the first one.</param>
    /// <param name="words">Their words; closed with this.</param>
    /// <param name="source">What the rows are read from; closed with this.</param>
    /// <param name="bytesRead">How much of it has been read.</param>
    /// <param name="totalBytes">How much there is to read.</param>
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

    /// <summary>Whether more than the rows in the file is an error.</summary>
    public bool IsWholeFile { get; init; }

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
            _rows.CheckEnd();
        }

        _words.CheckEnd(_rows.Count);
    }

    public void Dispose()
    {
        _words.Dispose();
        _source.Dispose();
    }
}
