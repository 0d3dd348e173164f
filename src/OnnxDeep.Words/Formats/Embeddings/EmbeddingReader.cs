using OnnxDeep.Words.Formats.Arrays;

namespace OnnxDeep.Words.Formats.Embeddings;

/// <summary>Reads rows whose words are in the model; rows without a word are skipped.</summary>
internal sealed class EmbeddingReader : IVectorReader
{
    private readonly FloatRows _rows;
    private readonly EmbeddingWords _words;
    private readonly Stream _source;
    private readonly long _start;

    /// <summary>Creates a reader for an open table.</summary>
    /// <param name="format">The format as users know it.</param>
    /// <param name="rows">The vectors, positioned at the first one.</param>
    /// <param name="words">The words of the rows.</param>
    /// <param name="source">The stream that the rows are read from; closed with this reader.</param>
    /// <param name="totalBytes">The total size of the rows, in bytes.</param>
    public EmbeddingReader(string format, FloatRows rows, EmbeddingWords words, Stream source, long totalBytes)
    {
        Format = format;
        _rows = rows;
        _words = words;
        _source = source;
        _start = rows.Offset;
        TotalBytes = totalBytes;
    }

    /// <inheritdoc/>
    public string Format { get; }

    /// <inheritdoc/>
    public int Dimensions => _rows.Dimensions;

    /// <summary>ONNX always uses UTF-8.</summary>
    public bool IsUtf8 => true;

    /// <inheritdoc/>
    public long BytesRead => _rows.Offset - _start;

    /// <inheritdoc/>
    public long TotalBytes { get; }

    /// <inheritdoc/>
    public void ReadTo(VectorSink sink)
    {
        float[] vector = new float[Dimensions];
        ReadOnlySpan<(long Row, int Key)> order = _words.ByRow();
        long next = 0;
        while (!order.IsEmpty && !sink.IsFull)
        {
            long row = order[0].Row;
            int count = 1;
            while (count < order.Length && order[count].Row == row)
            {
                count++;
            }

            ReadOnlySpan<(long Row, int Key)> keys = order[..count];
            order = order[count..];
            if (row < 0 || row >= _rows.Count)
            {
                SkipKeys(sink, keys);
                continue;
            }

            long offset;
            do
            {
                sink.Stop.ThrowIfCancellationRequested();
                offset = _rows.Offset;
                _rows.Read(vector);
            }
            while (next++ < row);

            AddKeys(sink, keys, vector, offset);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private void AddKeys(VectorSink sink, ReadOnlySpan<(long Row, int Key)> keys, float[] vector, long offset)
    {
        if (keys.Length == 1)
        {
            sink.Add(Key(keys[0]), vector, offset);
            return;
        }

        int row = sink.AddRow(vector, offset);
        if (row < 0)
        {
            return;
        }

        foreach ((long Row, int Key) key in keys)
        {
            sink.AddKey(Key(key), row, offset);
        }
    }

    private void SkipKeys(VectorSink sink, ReadOnlySpan<(long Row, int Key)> keys)
    {
        foreach ((long Row, int Key) key in keys)
        {
            sink.SkipLine(_words.Keys[key.Key].ToStringUtf8(), _start, 0, $"names row {key.Row} of {_rows.Count}");
        }
    }

    private ReadOnlySpan<byte> Key((long Row, int Key) entry) => _words.Keys[entry.Key].Span;
}
