using System.Runtime.InteropServices;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>
/// Reads word2vec's binary format: a line with the numbers of words and dimensions, then each word, a blank and its
/// floats, little endian. The C program ends each vector with a line feed, gensim does not; both are supported.
/// </summary>
internal sealed class Word2VecBinaryReader : IVectorReader
{
    private const int BufferBytes = 1 << 20;
    private const int RestBytes = 1 << 16;

    private readonly string _path;
    private readonly SourceStream _stream;
    private readonly long _count;
    private readonly int _longestRecord;
    private readonly byte[] _buffer;
    private int _start;
    private int _end;
    private long _bufferOffset;
    private bool _isAtEnd;

    /// <summary>Reads the header.</summary>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="stream">The file, at its start; closed with this reader.</param>
    /// <exception cref="FileFormatException">The header is invalid, or the file is too short for it.</exception>
    public Word2VecBinaryReader(string path, SourceStream stream)
    {
        _path = path;
        _stream = stream;
        if (!VectorFormats.TryReadHeader(stream.Prefix, out _count, out int dimensions, out int length)
            || _count is < 0 or > SourceLimits.Rows
            || dimensions is < 1 or > SourceLimits.Dimensions)
        {
            throw new FileFormatException(
                path, 0, $"a line with a number of words and from 1 to {SourceLimits.Dimensions} dimensions");
        }

        // The decompressed size is not known in advance; missing data is detected at the end.
        long most = (stream.FileLength - length) / (1 + (dimensions * sizeof(float)));
        if (!stream.IsPacked && _count > most)
        {
            throw new FileFormatException(
                path,
                0,
                $"at most {Quantity.Of(most, "word")} of {Quantity.Of(dimensions, "number")} "
                + $"in {Quantity.Of(stream.FileLength, "byte")}, found {_count}");
        }

        Dimensions = dimensions;
        _longestRecord = SourceLimits.KeyBytes + 2 + VectorBytes;
        _buffer = new byte[Math.Max(BufferBytes, SourceLimits.ScannedKeyBytes + (4 * _longestRecord))];
        Fill();
        _start = length;
    }

    /// <inheritdoc/>
    public string Format => "word2vec binary";

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public long BytesRead => _stream.FilePosition;

    /// <inheritdoc/>
    public long TotalBytes => _stream.FileLength;

    private int VectorBytes => Dimensions * sizeof(float);

    private ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    /// <inheritdoc/>
    public void ReadTo(VectorSink sink)
    {
        var keys = new Word2VecKeys(Dimensions, sink.IsUtf8);
        for (long i = 0; i < _count && !sink.IsFull; i++)
        {
            // A record and the next key, which shows where this record ends.
            if (_end - _start < 2 * _longestRecord && !_isAtEnd)
            {
                Fill();
            }

            SkipLineFeeds();
            int length = Measure(keys, isLast: i == _count - 1);
            ReadOnlySpan<byte> rest = Rest;
            long offset = _bufferOffset + _start;
            if (length < 0 && rest.Length > SourceLimits.KeyBytes)
            {
                throw new FileFormatException(
                    _path,
                    offset,
                    FormattableString.Invariant($"word {i + 1} of {_count}, ")
                    + FormattableString.Invariant($"at most {SourceLimits.KeyBytes:N0} bytes and a blank after it"));
            }

            int next = length + 1 + VectorBytes;
            if (length < 0 || rest.Length < next)
            {
                throw new FileFormatException(
                    _path,
                    offset + rest.Length,
                    $"word {i + 1} of {_count} and its {Quantity.Of(Dimensions, "number")}, found the end of the file");
            }

            sink.Add(rest[..length], MemoryMarshal.Cast<byte, float>(rest[(length + 1)..next]), offset);
            _start += next;
        }

        if (!sink.IsFull)
        {
            sink.Unread = CountRest(sink.Stop);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    // A word that is too long may continue beyond the buffer.
    private int Measure(Word2VecKeys keys, bool isLast)
    {
        int length = keys.Measure(Rest, _isAtEnd, isLast);
        if (!_isAtEnd && (length < 0 || Rest.Length < length + 1 + VectorBytes))
        {
            Fill();
            length = keys.Measure(Rest, _isAtEnd, isLast);
        }

        return length;
    }

    // Reading to the end also checks that compressed data is complete.
    private long CountRest(CancellationToken stop)
    {
        if (_start == _end)
        {
            Fill();
        }

        SkipLineFeeds();
        long count = _end - _start;
        byte[] rest = new byte[RestBytes];
        for (int read; !_isAtEnd && (read = _stream.Read(rest)) > 0; count += read)
        {
            stop.ThrowIfCancellationRequested();
        }

        return count;
    }

    private void SkipLineFeeds()
    {
        while (_start < _end && _buffer[_start] == (byte)'\n')
        {
            _start++;
        }
    }

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _bufferOffset += _start;
        _end -= _start;
        _start = 0;
        while (_end < _buffer.Length && !_isAtEnd)
        {
            int read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _isAtEnd = read == 0;
            _end += read;
        }
    }
}
