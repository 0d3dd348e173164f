using System.Text;
using System.Text.Unicode;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats;

/// <summary>
/// Takes what readers find into a table: keys become UTF-8, the first of equal keys wins, what cannot be stored is
/// counted and told.
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

    /// <summary>Starts empty.</summary>
    /// <param name="writer">The table.</param>
    /// <param name="path">The source, for errors.</param>
    /// <param name="options">Limit and encoding.</param>
    /// <param name="progress">Called now and then; may be null.</param>
    /// <param name="stop">Ends the import.</param>
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

    /// <summary>Ends the import; a reader that does much between two rows looks at it.</summary>
    public CancellationToken Stop { get; }

    /// <summary>How the rows are stored.</summary>
    public VectorElementType ElementType => _options.ElementType;

    /// <summary>Whether the source's keys are UTF-8, as the table's are.</summary>
    public bool IsUtf8 => _transcoder is null;

    /// <summary>The file that is read, for errors; a reader of several sets it.</summary>
    public string Path { get; set; }

    /// <summary>The file that the keys come from, where it is another one; for errors.</summary>
    public string? KeyPath { get; set; }

    /// <summary>Whether the limit is reached: a reader can stop.</summary>
    public bool IsFull => _writer.RowCount >= _options.Limit;

    /// <summary>Rows stored so far.</summary>
    public int RowCount => _writer.RowCount;

    /// <summary>Keys that came twice.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Keys without a name.</summary>
    public int Nameless { get; private set; }

    /// <summary>Lines that were no word with its numbers.</summary>
    public long Ragged { get; private set; }

    /// <summary>Vectors that were no finite numbers.</summary>
    public long NotFinite { get; private set; }

    /// <summary>Vectors beyond the header's count; a reader sets it.</summary>
    public long Unannounced { get; set; }

    /// <summary>The first of what was left out.</summary>
    public IReadOnlyList<SkippedVector> Skipped => _skipped;

    /// <summary>The first vector without finite numbers, as an error.</summary>
    public FileFormatException? NotFiniteError { get; private set; }

    /// <summary>Adds a word with a row of its own.</summary>
    /// <param name="key">In the source's encoding.</param>
    /// <param name="vector">[dimensions].</param>
    /// <param name="offset">Where the word stands, for errors.</param>
    /// <param name="line">From 1, in text.</param>
    /// <param name="keyOffset">Where the word stands, if that is in <see cref="KeyPath"/>.</param>
    /// <exception cref="FileFormatException">The key is no text.</exception>
    public void Add(
        ReadOnlySpan<byte> key, ReadOnlySpan<float> vector, long offset, long line = 0, long? keyOffset = null)
    {
        ReadOnlySpan<byte> utf8 = ToUtf8(key, keyOffset ?? offset);
        if (utf8.IsEmpty)
        {
            SkipLine(string.Empty, offset, line, "is no word");
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

    /// <summary>Adds a row to which keys are added later.</summary>
    /// <param name="vector">[dimensions].</param>
    /// <param name="offset">Where it stands, for errors.</param>
    /// <returns>Its number in the table; -1 where it holds no finite numbers and was left out.</returns>
    public int AddRow(ReadOnlySpan<float> vector, long offset) => AddRow(vector, [], offset, 0);

    /// <summary>Adds a key of a row.</summary>
    /// <param name="key">In the source's encoding.</param>
    /// <param name="row">As <see cref="AddRow(ReadOnlySpan{float}, long)"/> gave it.</param>
    /// <param name="offset">Where the key stands, for errors.</param>
    public void AddKey(ReadOnlySpan<byte> key, int row, long offset)
    {
        ReadOnlySpan<byte> utf8 = ToUtf8(key, offset);
        if (utf8.IsEmpty)
        {
            SkipLine(string.Empty, offset, 0, "is no word");
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

    /// <summary>Starts the rows of character n-grams, after all others.</summary>
    /// <param name="options">How n-grams are made and hashed.</param>
    /// <param name="bucketRows">As <see cref="WordVectorTableWriter.BeginNgrams"/> takes them.</param>
    public void BeginNgrams(SubwordOptions options, ReadOnlySpan<uint> bucketRows = default) =>
        _writer.BeginNgrams(options, bucketRows);

    /// <summary>Adds the row of the next n-gram.</summary>
    /// <exception cref="FileFormatException">It holds no finite numbers; n-grams cannot be left out.</exception>
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

    /// <summary>Counts and remembers a line that is no word with its numbers.</summary>
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
        "Name the encoding that the file was written in, such as windows-1252 or gb18030.",
        cause);

    private int AddRow(ReadOnlySpan<float> vector, ReadOnlySpan<byte> key, long offset, long line)
    {
        Stop.ThrowIfCancellationRequested();
        if (!_writer.TryAddRow(vector, out int row))
        {
            NotFinite++;
            NotFiniteError ??= NoFiniteNumbers(offset);
            Remember(new SkippedVector(
                Encoding.UTF8.GetString(key), line, offset, "has NaN, infinity or too large numbers"));
        }
        else if (row % ProgressRows == 0)
        {
            _progress?.Invoke();
        }

        return row;
    }

    private string FiniteNumbers => _options.ElementType == VectorElementType.Float16
        ? "finite numbers of at most 65,504, the largest Float16"
        : "finite numbers, no NaN or infinity";

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
