using System.Text;
using System.Text.Unicode;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats;

/// <summary>
/// Stores what readers find in a table: keys become UTF-8, the first of equal keys is kept, and content that cannot be
/// stored is counted and reported.
/// </summary>
internal sealed class VectorSink
{
    private const int MostSkipped = 1000;
    private const int ProgressRows = 1 << 12;

    private readonly WordVectorTableWriter _writer;
    private readonly ImportOptions _options;
    private readonly Action? _progress;
    private readonly Encoding? _transcoder;
    private readonly List<SkippedVector> _skipped = [];
    private int _ngrams;

    /// <summary>Creates a sink for an empty table.</summary>
    /// <param name="writer">The table.</param>
    /// <param name="path">The source's name in errors.</param>
    /// <param name="options">The limit and the encoding.</param>
    /// <param name="progress">Called from time to time; may be null.</param>
    /// <param name="stop">Cancels the import.</param>
    public VectorSink(
        WordVectorTableWriter writer, string path, ImportOptions options, Action? progress, CancellationToken stop)
    {
        _writer = writer;
        Path = path;
        _options = options;
        _progress = progress;
        Stop = stop;
        if (options.Encoding is not UTF8Encoding)
        {
            _transcoder = (Encoding)options.Encoding.Clone();
            _transcoder.DecoderFallback = DecoderFallback.ExceptionFallback;
        }
    }

    /// <summary>Cancels the import; a reader that does much work between two rows should check it.</summary>
    public CancellationToken Stop { get; }

    /// <summary>The element type of the stored rows.</summary>
    public VectorElementType ElementType => _options.ElementType;

    /// <summary>Whether the source's keys are UTF-8, like those of the table.</summary>
    public bool IsUtf8 => _transcoder is null;

    /// <summary>The path of the file being read, for errors; a reader of several files sets it.</summary>
    public string Path { get; set; }

    /// <summary>The path of the file with the keys, for errors, if it is another file.</summary>
    public string? KeyPath { get; set; }

    /// <summary>Whether the limit is reached, so the reader can stop.</summary>
    public bool IsFull => _writer.RowCount >= _options.Limit;

    /// <summary>The number of rows stored so far.</summary>
    public int RowCount => _writer.RowCount;

    /// <summary>The number of repeated keys.</summary>
    public long Duplicates { get; private set; }

    /// <summary>The number of keys without a name.</summary>
    public int Nameless { get; private set; }

    /// <summary>The number of lines that were not a word with its numbers.</summary>
    public long Ragged { get; private set; }

    /// <summary>The number of vectors without finite numbers.</summary>
    public long NotFinite { get; private set; }

    /// <summary>The number of vectors beyond the count in the header; set by the reader.</summary>
    public long Unannounced { get; set; }

    /// <summary>The first vectors and lines that were skipped.</summary>
    public IReadOnlyList<SkippedVector> Skipped => _skipped;

    /// <summary>The error for the first vector without finite numbers.</summary>
    public FileFormatException? NotFiniteError { get; private set; }

    /// <summary>Adds a word with its own row.</summary>
    /// <param name="key">The word in the source's encoding.</param>
    /// <param name="vector">[dimensions].</param>
    /// <param name="offset">The offset of the word, for errors.</param>
    /// <param name="line">The line in a text file, from 1.</param>
    /// <param name="keyOffset">The offset of the word if it is in <see cref="KeyPath"/>.</param>
    /// <exception cref="FileFormatException">The key is not text.</exception>
    public void Add(
        ReadOnlySpan<byte> key, ReadOnlySpan<float> vector, long offset, long line = 0, long? keyOffset = null)
    {
        ReadOnlySpan<byte> utf8 = ToUtf8(key, keyOffset ?? offset);
        if (utf8.IsEmpty)
        {
            SkipLine(string.Empty, offset, line, "is not a word");
        }
        else if (_writer.ContainsKey(utf8))
        {
            Duplicates++;
        }
        else if (AddRow(vector, utf8, offset, line) is >= 0 and int row)
        {
            _writer.TryAddKey(utf8, row);
        }
    }

    /// <summary>Adds a row whose keys are added later.</summary>
    /// <param name="vector">[dimensions].</param>
    /// <param name="offset">The offset of the row, for errors.</param>
    /// <returns>The row number in the table; -1 if it contains no finite numbers and was skipped.</returns>
    public int AddRow(ReadOnlySpan<float> vector, long offset) => AddRow(vector, [], offset, 0);

    /// <summary>Adds a key for a row.</summary>
    /// <param name="key">The key in the source's encoding.</param>
    /// <param name="row">The row number that <see cref="AddRow(ReadOnlySpan{float}, long)"/> returned.</param>
    /// <param name="offset">The offset of the key, for errors.</param>
    public void AddKey(ReadOnlySpan<byte> key, int row, long offset)
    {
        ReadOnlySpan<byte> utf8 = ToUtf8(key, offset);
        if (utf8.IsEmpty)
        {
            SkipLine(string.Empty, offset, 0, "is not a word");
        }
        else if (!_writer.TryAddKey(utf8, row))
        {
            Duplicates++;
        }
    }

    /// <summary>Adds a key of which only spaCy's hash is known.</summary>
    public void AddNamelessKey(ulong hash, int row)
    {
        if (_writer.TryAddNamelessKey(hash, row))
        {
            Nameless++;
        }
        else
        {
            Duplicates++;
        }
    }

    /// <summary>Starts the rows of character n-grams, which must follow all others.</summary>
    /// <param name="options">The n-gram lengths and the hash function.</param>
    /// <param name="bucketRows">The row of each bucket, as for <see cref="WordVectorTableWriter.BeginNgrams"/>.</param>
    public void BeginNgrams(SubwordOptions options, ReadOnlySpan<uint> bucketRows = default) =>
        _writer.BeginNgrams(options, bucketRows);

    /// <summary>Adds the row of the next n-gram.</summary>
    /// <exception cref="FileFormatException">The row contains no finite numbers; n-grams cannot be skipped.</exception>
    public void AddNgram(ReadOnlySpan<float> vector, long offset)
    {
        Stop.ThrowIfCancellationRequested();
        if (!_writer.TryAddNgram(vector))
        {
            throw new FileFormatException(Path, offset, $"{FiniteNumbers} in the vector of an n-gram");
        }

        if (++_ngrams % ProgressRows == 0)
        {
            _progress?.Invoke();
        }
    }

    /// <summary>Counts and records a line that is not a word with its numbers.</summary>
    public void SkipLine(string key, long offset, long line, string problem)
    {
        Ragged++;
        Remember(new SkippedVector(key, line, offset, problem));
    }

    private ReadOnlySpan<byte> ToUtf8(ReadOnlySpan<byte> key, long offset)
    {
        if (key.Length > SourceLimits.KeyBytes)
        {
            throw new FileFormatException(
                KeyPath ?? Path,
                offset,
                FormattableString.Invariant($"a key of at most {SourceLimits.KeyBytes:N0} bytes"));
        }

        if (key.Contains((byte)0))
        {
            throw new FileFormatException(
                KeyPath ?? Path, offset + key.IndexOf((byte)0), "a key without NUL characters");
        }

        if (_transcoder is null)
        {
            return Utf8.IsValid(key) ? key : throw WrongEncoding(offset, null);
        }

        try
        {
            return Encoding.UTF8.GetBytes(_transcoder.GetString(key));
        }
        catch (DecoderFallbackException e)
        {
            throw WrongEncoding(offset, e);
        }
    }

    private FileFormatException WrongEncoding(long offset, Exception? cause) => new(
        ErrorIds.VectorsEncodingWrong,
        KeyPath ?? Path,
        offset,
        $"a key in the encoding {_options.Encoding.WebName}",
        "Specify the encoding of the file, such as windows-1252 or gb18030.",
        cause);

    private int AddRow(ReadOnlySpan<float> vector, ReadOnlySpan<byte> key, long offset, long line)
    {
        Stop.ThrowIfCancellationRequested();
        if (!_writer.TryAddRow(vector, out int row))
        {
            NotFinite++;
            NotFiniteError ??= NoFiniteNumbers(offset);
            Remember(new SkippedVector(
                Encoding.UTF8.GetString(key), line, offset, "contains NaN, infinity or numbers that are too large"));
        }
        else if (row % ProgressRows == 0)
        {
            _progress?.Invoke();
        }

        return row;
    }

    private string FiniteNumbers => _options.ElementType == VectorElementType.Float16
        ? "finite numbers of at most 65,504, the largest Float16"
        : "finite numbers instead of NaN or infinity";

    private FileFormatException NoFiniteNumbers(long offset) => new(
        ErrorIds.VectorsNotFinite,
        Path,
        offset,
        FiniteNumbers,
        "The vector was skipped; fix it in the file, or import it with another element type.");

    private void Remember(SkippedVector skipped)
    {
        if (_skipped.Count < MostSkipped)
        {
            _skipped.Add(skipped);
        }
    }
}
