using System.Text;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>
/// Reads lines of a word and its numbers, with word2vec's header or without one, as in GloVe's files. Several threads
/// parse blocks of lines in parallel; the results are stored in order.
/// </summary>
internal sealed class TextVectorReader : IVectorReader
{
    /// <summary>The way out if no line is a word with its numbers.</summary>
    public const string LineAdvice =
        "Check that this is the right file: numbers need decimal points, and blanks or tabs between them.";

    private const int SampleLines = 64;

    private readonly string _path;
    private readonly SourceStream _source;
    private readonly Stream _text;
    private readonly bool _isTranscoded;
    private readonly Queue<TextBlock> _free = [];
    private readonly long? _promised;
    private byte[] _rest = [];
    private long _offset;

    private TextVectorReader(
        string path, SourceStream source, (Stream Stream, bool IsTranscoded) text, int dimensions, long? promised)
    {
        _path = path;
        _source = source;
        (_text, _isTranscoded) = text;
        _promised = promised;
        Dimensions = dimensions;
    }

    /// <inheritdoc/>
    public string Format => _promised is null ? "GloVe text" : "word2vec text";

    /// <inheritdoc/>
    public int Dimensions { get; }

    /// <inheritdoc/>
    public bool IsUtf8 => _isTranscoded;

    /// <inheritdoc/>
    public long BytesRead => _source.FilePosition;

    /// <inheritdoc/>
    public long TotalBytes => _source.FileLength;

    /// <summary>Reads the header, or infers the number of dimensions from the first lines.</summary>
    /// <exception cref="FileFormatException">Neither is possible, or the header is invalid.</exception>
    public static TextVectorReader Open(string path, SourceStream source, ImportOptions options)
    {
        Stream? utf8 = WideText.ToUtf8(source, source.Prefix, options.Encoding);
        Stream text = utf8 ?? source;
        byte[] start = new byte[TextBlockBytes];
        int length = text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (CarriageReturnStream.IsFor(start.AsSpan(0, length)))
        {
            text = new CarriageReturnStream(text);
            start.AsSpan(0, length).Replace((byte)'\r', (byte)'\n');
        }

        ReadOnlySpan<byte> body = start.AsSpan(0, length);
        int bom = body.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        body = body[bom..];
        long? promised = null;
        if (VectorFormats.TryReadHeader(body, out long count, out int dimensions, out int headerLength))
        {
            CheckHeader(path, source, count, dimensions);
            promised = count;
        }
        else
        {
            headerLength = 0;
            dimensions = SampleDimensions(body);
        }

        return dimensions is > 0 and <= SourceLimits.Dimensions
            ? new TextVectorReader(path, source, (text, utf8 is not null), dimensions, promised)
            {
                _rest = body[headerLength..].ToArray(), _offset = bom + headerLength,
            }
            : throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown, path, 0, "lines of a word and its numbers", LineAdvice);
    }

    /// <inheritdoc/>
    public void ReadTo(VectorSink sink)
    {
        var parsing = new Queue<(TextBlock Block, Task Task)>();
        long line = _promised is null ? 1 : 2;
        long entries = 0;
        long? brokenOff = null;
        try
        {
            for (bool isEnd = false; !sink.IsFull;)
            {
                while (!isEnd && parsing.Count <= Environment.ProcessorCount)
                {
                    TextBlock block = _free.Count > 0 ? _free.Dequeue() : new TextBlock(Dimensions);
                    isEnd = !Fill(block);
                    parsing.Enqueue((block, Task.Run(block.Parse)));
                }

                if (parsing.Count == 0)
                {
                    CheckEnd(sink, entries, brokenOff);
                    return;
                }

                (TextBlock parsed, Task task) = parsing.Dequeue();
                task.Wait(sink.Stop);
                parsed.WriteTo(sink, line);
                line += parsed.Lines;
                entries += parsed.Entries;
                brokenOff = parsed.BrokenOff;
                _free.Enqueue(parsed);
            }
        }
        finally
        {
            // No thread may still use a block when the stream and the table are closed.
            Task.WaitAll([.. parsing.Select(item => item.Task)], CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _text.Dispose();
        _source.Dispose();
    }

    private const int TextBlockBytes = 1 << 21;

    private static void CheckHeader(string path, SourceStream source, long count, int dimensions)
    {
        if (count is < 0 or > SourceLimits.Rows || dimensions is < 1 or > SourceLimits.Dimensions)
        {
            throw new FileFormatException(
                path,
                0,
                FormattableString.Invariant($"a header of 0 to {SourceLimits.Rows:N0} words ")
                + FormattableString.Invariant($"and 1 to {SourceLimits.Dimensions:N0} numbers each"));
        }

        // A letter, a blank and a digit for each number, and the line end.
        if (!source.IsPacked && count * (2 + (2L * dimensions)) > source.FileLength)
        {
            throw new FileFormatException(
                path,
                0,
                $"{Quantity.Of(count, "word")} of {Quantity.Of(dimensions, "number")} according to the header, "
                + $"but the file has {Quantity.Of(source.FileLength, "byte")}");
        }
    }

    // The most frequent count of numbers at the ends of lines, without the first field; the first one seen if there is
    // a tie.
    private static int SampleDimensions(ReadOnlySpan<byte> body)
    {
        var counts = new Dictionary<int, int>();
        for (int lines = 0; lines < SampleLines && !body.IsEmpty; lines++)
        {
            int end = body.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? body : body[..end]).Trim(" \t\r\v\f"u8);
            body = end < 0 ? [] : body[(end + 1)..];
            int numbers = CountNumbers(line);
            if (numbers > 0)
            {
                counts[numbers] = counts.GetValueOrDefault(numbers) + 1;
            }
        }

        return counts.Count == 0 ? 0 : counts.MaxBy(pair => pair.Value).Key;
    }

    private static int CountNumbers(ReadOnlySpan<byte> line)
    {
        int numbers = 0;
        while (true)
        {
            int start = line.LastIndexOfAny((byte)' ', (byte)'\t') + 1;
            if (start == 0 || FloatText.Read(line[start..], out _) != line.Length - start)
            {
                return numbers;
            }

            numbers++;
            line = line[..start].TrimEnd(" \t"u8);
        }
    }

    // The rest of the previous block, followed by complete lines; false at the end of the file.
    private bool Fill(TextBlock block)
    {
        block.Offset = _offset;
        block.Length = 0;
        while (true)
        {
            if (block.Bytes.Length - _rest.Length - block.Length < TextBlockBytes / 2)
            {
                block.Bytes = Grow(block);
            }

            _rest.CopyTo(block.Bytes, block.Length);
            block.Length += _rest.Length;
            _rest = [];
            int read = _text.ReadAtLeast(
                block.Bytes.AsSpan(block.Length), block.Bytes.Length - block.Length, throwOnEndOfStream: false);
            bool isEnd = block.Length + read < block.Bytes.Length;
            block.Length += read;
            int end = isEnd ? block.Length : block.Bytes.AsSpan(0, block.Length).LastIndexOf((byte)'\n') + 1;
            if (end > 0 || isEnd)
            {
                _rest = block.Bytes[end..block.Length];
                block.Length = end;
                _offset += end;
                return !isEnd;
            }
        }
    }

    private byte[] Grow(TextBlock block)
    {
        if (block.Length > SourceLimits.LineBytes)
        {
            throw new FileFormatException(
                _path, _offset, FormattableString.Invariant($"a line of at most {SourceLimits.LineBytes:N0} bytes"));
        }

        byte[] bytes = new byte[block.Bytes.Length * 2];
        block.Bytes.AsSpan(0, block.Length).CopyTo(bytes);
        return bytes;
    }

    private void CheckEnd(VectorSink sink, long entries, long? brokenOff)
    {
        if (brokenOff is long offset)
        {
            throw new FileFormatException(
                _path, offset, $"a last line of a word and {Quantity.Of(Dimensions, "number")}, found a truncated one");
        }

        if (entries < _promised)
        {
            throw new FileFormatException(
                _path,
                _offset,
                $"{Quantity.Of(_promised.Value, "word")} according to the header, "
                + FormattableString.Invariant($"found the end of the file after {entries:N0}"));
        }

        sink.Unannounced = _promised is long promised ? entries - promised : 0;
    }
}
