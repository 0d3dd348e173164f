using System.Text;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats;

/// <summary>
/// Stores what readers find in a table: keys become UTF-8, the first of equal keys is kept, and content that cannot be
/// stored is counted and listed, or is an error if the options say so.
/// </summary>
internal sealed class VectorSink
{
    private const int MostListed = 100_000;
    private const int MostShownLength = 64;
    private const int ProgressRows = 1 << 12;

    private readonly WordVectorTableWriter _writer;
    private readonly ImportOptions _options;
    private readonly Action? _progress;
    private readonly WordDecoder _decoder;
    private readonly List<SkippedVector> _skipped = [];
    private readonly List<SkippedVector> _invalidWords = [];
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
        _decoder = new WordDecoder(options.Encoding);
    }

    /// <summary>Cancels the import; a reader that does much work between two rows should check it.</summary>
    public CancellationToken Stop { get; }

    /// <summary>The element type of the stored rows.</summary>
    public VectorElementType ElementType => _options.ElementType;

    /// <summary>Whether the source's keys are UTF-8, like those of the table.</summary>
    public bool IsUtf8 => _decoder.IsUtf8;

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

    /// <summary>The number of invalid words, whether they were skipped or replaced.</summary>
    public long Invalid { get; private set; }

    /// <summary>The number of invalid words that were stored with replacement characters.</summary>
    public long Replaced { get; private set; }

    /// <summary>The first invalid words.</summary>
    public IReadOnlyList<SkippedVector> InvalidWords => _invalidWords;

    /// <summary>The error for the first invalid word.</summary>
    public FileFormatException? InvalidError { get; private set; }

    /// <summary>The number of vectors without finite numbers.</summary>
    public long NotFinite { get; private set; }

    /// <summary>The number of vectors beyond the count in the header; set by the reader.</summary>
    public long Unannounced { get; set; }

    /// <summary>The number of bytes after the last vector; set by the reader.</summary>
    public long Unread { get; set; }

    /// <summary>The first vectors, words and lines that were skipped.</summary>
    public IReadOnlyList<SkippedVector> Skipped => _skipped;

    /// <summary>The error for the first vector without finite numbers.</summary>
    public FileFormatException? NotFiniteError { get; private set; }

    /// <summary>Adds a word with its own row.</summary>
    /// <param name="key">The word in the source's encoding.</param>
    /// <param name="vector">[dimensions].</param>
    /// <param name="offset">The offset of the word, for errors.</param>
    /// <param name="line">The line in a text file, from 1.</param>
    /// <param name="keyOffset">The offset of the word if it is in <see cref="KeyPath"/>.</param>
    /// <exception cref="FileFormatException">The word is invalid, and such words are errors.</exception>
    public void Add(
        ReadOnlySpan<byte> key, ReadOnlySpan<float> vector, long offset, long line = 0, long? keyOffset = null)
    {
        if (!TryGetKey(key, keyOffset ?? offset, line, out ReadOnlySpan<byte> utf8))
        {
            return;
        }

        if (_writer.ContainsKey(utf8))
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
        if (TryGetKey(key, offset, 0, out ReadOnlySpan<byte> utf8) && !_writer.TryAddKey(utf8, row))
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
    /// <exception cref="FileFormatException">Such lines are errors.</exception>
    public void SkipLine(string key, long offset, long line, string problem)
    {
        if (_options.InvalidWord == InvalidWordAction.Stop)
        {
            throw new FileFormatException(
                KeyPath ?? Path,
                offset,
                $"a word with its {_writer.Dimensions} numbers, but {(line > 0 ? $"line {line}, " : string.Empty)}"
                + $"'{key}', {problem}");
        }

        Ragged++;
        List(_skipped, new SkippedVector(key, line, offset, problem));
    }

    private bool TryGetKey(ReadOnlySpan<byte> key, long offset, long line, out ReadOnlySpan<byte> utf8)
    {
        if (!_decoder.TryDecode(key, out utf8) && !TryReplace(key, offset, line, out utf8))
        {
            return false;
        }

        if (utf8.IsEmpty)
        {
            SkipLine(string.Empty, offset, line, "is not a word");
            return false;
        }

        return true;
    }

    private bool TryReplace(ReadOnlySpan<byte> key, long offset, long line, out ReadOnlySpan<byte> utf8)
    {
        FileFormatException? error = InvalidError is null || _options.InvalidWord == InvalidWordAction.Stop
            ? _decoder.Error(KeyPath ?? Path, offset, key)
            : null;
        if (_options.InvalidWord == InvalidWordAction.Stop)
        {
            throw error!;
        }

        Invalid++;
        InvalidError ??= error;
        SkippedVector? word = _invalidWords.Count < MostListed
            ? new SkippedVector(_decoder.Show(key), line, offset, _decoder.Problem(key))
            : null;
        List(_invalidWords, word);
        if (_options.InvalidWord == InvalidWordAction.Replace && _decoder.Replace(key) is string replaced)
        {
            Replaced++;
            utf8 = Encoding.UTF8.GetBytes(replaced);
            return true;
        }

        List(_skipped, word);
        utf8 = [];
        return false;
    }

    private int AddRow(ReadOnlySpan<float> vector, ReadOnlySpan<byte> key, long offset, long line)
    {
        Stop.ThrowIfCancellationRequested();
        if (!_writer.TryAddRow(vector, out int row))
        {
            NotFinite++;
            NotFiniteError ??= NoFiniteNumbers(offset);
            List(
                _skipped,
                new SkippedVector(
                    Encoding.UTF8.GetString(key),
                    line,
                    offset,
                    "contains NaN, infinity or numbers that are too large"));
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

    private static void List(List<SkippedVector> list, SkippedVector? vector)
    {
        if (vector is not null && list.Count < MostListed)
        {
            int shown = vector.Key.Length <= MostShownLength ? vector.Key.Length
                : MostShownLength - (char.IsHighSurrogate(vector.Key[MostShownLength - 1]) ? 1 : 0);
            list.Add(shown < vector.Key.Length ? vector with { Key = $"{vector.Key[..shown]}…" } : vector);
        }
    }
}
