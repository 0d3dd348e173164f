using OnnxDeep.IO;
using OnnxDeep.Numerics;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>
/// Reads fastText's own models, .bin and quantised .ftz, of versions 11 and 12 and those before version 11, which have
/// no mark at their start. A word's vector is the mean of its own
/// row and those of its n-grams. The rows of n-grams are also added to the table, so words without a key get a vector,
/// unless the model's words are not UTF-8: a table hashes the UTF-8 of a word, and would find other n-grams. Source:
/// fastText 0.9.2; the vectors are equal bit for bit.
/// </summary>
internal sealed class FastTextReader : IVectorReader
{
    // The memory that mapped rows may take beyond the size of the n-grams in the table.
    private const long MappedBytes = 64 << 20;

    private static ReadOnlySpan<byte> EndOfSentence => "</s>"u8;

    private readonly string _path;
    private readonly FileStream _file;
    private readonly OpenedFiles? _opened;
    private readonly FastTextArguments _arguments;
    private readonly FastTextDictionary _dictionary;
    private readonly FastTextMatrix _matrix;
    private readonly SubwordOptions? _subwords;
    private readonly float[] _vector;

    // The longest word with its two markers.
    private readonly byte[] _text = new byte[SourceLimits.ScannedKeyBytes + 2];
    private long _read;

    private FastTextReader(string path, FileStream file, OpenedFiles? opened, CancellationToken stop)
    {
        _path = path;
        _file = file;
        _opened = opened;
        var reader = new SourceReader(new CancellableStream(file, stop), path);
        _arguments = FastTextArguments.Read(reader);
        _dictionary = FastTextDictionary.Read(reader, _arguments, file.Length);
        long offset = reader.Offset;
        byte quantized = _arguments.IsUnmarked ? (byte)0 : reader.ReadByte("whether the matrix is quantised");
        if (quantized > 1 || (_dictionary.IsPruned && quantized == 0))
        {
            string expected = _dictionary.IsPruned ? "1, a quantised matrix" : "0 or 1, whether it is quantised";
            throw new FileFormatException(path, offset, $"{expected}, found {quantized}");
        }

        offset = reader.Offset;
        _matrix = FastTextMatrix.Open(file, path, offset, _arguments.Dimensions, quantized == 1);
        _subwords = _arguments.HasSubwords && _dictionary.Kept != 0 ? _arguments.ToOptions() : null;
        long least = _dictionary.Words + NgramRows;
        if (_matrix.Count < least)
        {
            throw new FileFormatException(path, offset, $"{Quantity.Of(least, "row")} or more, found {_matrix.Count}");
        }

        _vector = new float[Dimensions];
        Format = quantized == 1 ? "fastText quantised" : "fastText binary";
    }

    /// <inheritdoc/>
    public string Format { get; }

    /// <inheritdoc/>
    public int Dimensions => _arguments.Dimensions;

    /// <inheritdoc/>
    public long BytesRead => _read;

    /// <inheritdoc/>
    public long TotalBytes => _file.Length;

    private long NgramRows => _subwords is null ? 0 : _dictionary.IsPruned ? _dictionary.Kept : _arguments.Buckets;

    /// <summary>Reads everything except the matrix.</summary>
    /// <param name="path">The path for errors; if the file is not compressed, the path of the file.</param>
    /// <param name="stream">The model; closed before this method returns.</param>
    /// <param name="files">Opens the file, or decompresses it while this reader is open.</param>
    /// <exception cref="FileFormatException">The model is damaged.</exception>
    public static FastTextReader Open(string path, SourceStream stream, SourceFiles files)
    {
        FileStream file = stream.IsPacked
            ? stream.Unpack(files)
            : files.Open(path);
        try
        {
            stream.Dispose();
            return new FastTextReader(path, file, stream.IsPacked ? null : OpenedFiles.Of(path, file), files.Stop);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void ReadTo(VectorSink sink)
    {
        long stored = (long)Dimensions * VectorRows.ElementSize(sink.ElementType);
        if (_subwords is not null && NgramRows * (_matrix.RowBytes - stored) <= MappedBytes)
        {
            _matrix.Map(_file, _opened);
        }

        _file.Position = _dictionary.Start;
        var reader = new SourceReader(_file, _path, _dictionary.Start);
        for (int word = 0; word < _dictionary.Words && !sink.IsFull; word++)
        {
            sink.Stop.ThrowIfCancellationRequested();
            _matrix.Check();
            long offset = reader.Offset;
            ReadOnlySpan<byte> text = Mark(
                reader.ReadUntil(0, SourceLimits.ScannedKeyBytes, "a word and a NUL after it"));
            reader.Skip(FastTextDictionary.AfterWord, "a word's count and kind");
            SetVector(word, text);
            sink.Add(text[1..^1], _vector, offset);
            _read = _matrix.Offset(word);
        }

        _matrix.Dispose();
        if (_subwords is not null && sink.IsUtf8)
        {
            AddNgrams(sink, _subwords);
        }

        _read = TotalBytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _matrix.Dispose();
        _file.Dispose();
    }

    private void AddNgrams(VectorSink sink, SubwordOptions subwords)
    {
        sink.BeginNgrams(subwords, _dictionary.BucketRows);
        long end = _dictionary.Words + NgramRows;
        for (long row = _dictionary.Words; row < end; row++)
        {
            _vector.AsSpan().Clear();
            _matrix.AddNext(row, _vector);
            sink.AddNgram(_vector, _matrix.Offset(row));
            _read = _matrix.Offset(row);
        }
    }

    private ReadOnlySpan<byte> Mark(ReadOnlySpan<byte> word)
    {
        _text[0] = (byte)'<';
        word.CopyTo(_text.AsSpan(1));
        _text[word.Length + 1] = (byte)'>';
        return _text.AsSpan(0, word.Length + 2);
    }

    private void SetVector(int word, ReadOnlySpan<byte> text)
    {
        Span<float> sum = _vector;
        sum.Clear();
        _matrix.AddNext(word, sum);
        int count = 1;
        // The end of a sentence had n-grams like any word until December 2017, long after models had marks.
        if (_subwords is not null && (_arguments.IsUnmarked || !text[1..^1].SequenceEqual(EndOfSentence)))
        {
            uint[] bucketRows = _dictionary.BucketRows;
            foreach (ReadOnlySpan<byte> ngram in Ngrams.Of(text, _subwords))
            {
                uint bucket = WordHash.Fnv1A(ngram) % (uint)_subwords.Buckets;
                long row = bucketRows.Length == 0 ? bucket : bucketRows[bucket] - 1L;
                if (row >= 0)
                {
                    _matrix.Add(_dictionary.Words + row, sum);
                    count++;
                }
            }
        }

        VectorMath.ToMean(sum, count);
    }
}
