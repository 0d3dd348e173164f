using System.Text;

namespace OnnxDeep.IO;

/// <summary>
/// Reads the records of a text table by RFC 4180: fields may be in quotation marks, and then contain delimiters, line
/// ends and doubled quotation marks. Blank lines are not records, and neither is the type line of Export-Csv.
/// </summary>
internal sealed class DelimitedReader : IDisposable
{
    private const string TypeLine = "#TYPE ";
    private const int SampleRecords = 100;

    private readonly StreamReader _reader;
    private readonly char _delimiter;
    private readonly bool _trims;
    private readonly StringBuilder _text = new();
    private readonly List<string> _fields = [];
    private long _line = 1;
    private bool _hasQuotes;

    /// <summary>Opens a file, which is UTF-8 unless it has the mark of another encoding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">The character between fields.</param>
    /// <param name="trims">Whether spaces around fields do not belong to them.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="OnnxDeepException">The path leads to a pipe, a device or a socket.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public DelimitedReader(
        string path, char delimiter, bool trims, CancellationToken cancellationToken = default)
    {
        _reader = new StreamReader(new CancellableStream(InputFile.Open(path), cancellationToken), Encoding.UTF8);
        (_delimiter, _trims) = (delimiter, trims);
    }

    /// <summary>The line of the file, from 1, on which the last record begins.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>
    /// Finds the delimiters that separate the same number of fields, at least two, in each of the first records; if
    /// none does, the first that occurs in the first record.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="candidates">The delimiters, the preferred one first.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<char> FindDelimiters(
        string path, IReadOnlyList<char> candidates, CancellationToken cancellationToken = default)
    {
        (char Delimiter, int[] Widths)[] samples =
            [.. candidates.Select(c => (c, GetWidths(path, c, cancellationToken)))];
        char[] even =
        [
            .. samples.Where(sample => sample.Widths is [> 1, ..] && sample.Widths.Distinct().Count() == 1)
                .Select(sample => sample.Delimiter),
        ];
        return even.Length > 0
            ? even
            : [.. samples.Where(sample => sample.Widths is [> 1, ..]).Select(sample => sample.Delimiter).Take(1)];
    }

    /// <summary>Reads the next record.</summary>
    /// <returns>The fields, in a list that is used again for the next record; null at the end of the file.</returns>
    /// <exception cref="InvalidDataException">
    /// The quotation marks of a field are wrong; the message is the rest of a sentence about <see cref="Line"/>.
    /// </exception>
    public IReadOnlyList<string>? Read()
    {
        while (_reader.Peek() >= 0)
        {
            _fields.Clear();
            (Line, _hasQuotes) = (_line, false);
            while (ReadField())
            {
            }

            bool isBlank = _fields is [string only] && !_hasQuotes && string.IsNullOrWhiteSpace(only);
            if (!isBlank && !(Line == 1 && !_hasQuotes && _fields[0].StartsWith(TypeLine, StringComparison.Ordinal)))
            {
                return _fields;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static int[] GetWidths(string path, char delimiter, CancellationToken cancellationToken)
    {
        using var reader = new DelimitedReader(path, delimiter, trims: true, cancellationToken);
        var widths = new List<int>();
        try
        {
            while (widths.Count < SampleRecords && reader.Read() is { } fields)
            {
                widths.Add(fields.Count);
            }
        }
        catch (InvalidDataException)
        {
            return [];
        }

        return [.. widths];
    }

    // Returns whether another field of the record follows.
    private bool ReadField()
    {
        _text.Clear();
        bool isClosed = false;
        while (true)
        {
            int next = _reader.Read();
            if (next == _delimiter || next is < 0 or '\n' or '\r')
            {
                _fields.Add(!isClosed && _trims ? _text.ToString().Trim() : _text.ToString());
                EndLine(next);
                return next == _delimiter;
            }

            if (next == '"' && !isClosed && (_text.Length == 0 || (_trims && IsBlank())))
            {
                _text.Clear();
                ReadQuoted();
                isClosed = _hasQuotes = true;
            }
            else if (!isClosed)
            {
                _text.Append((char)next);
            }
            else if (!char.IsWhiteSpace((char)next))
            {
                throw new InvalidDataException(
                    "has text after a closing quotation mark. Write each quotation mark inside quotes twice.");
            }
        }
    }

    private void ReadQuoted()
    {
        while (true)
        {
            int next = _reader.Read();
            if (next < 0)
            {
                throw new InvalidDataException("has an unclosed quotation mark. Close it.");
            }

            if (next == '"')
            {
                if (_reader.Peek() != '"')
                {
                    return;
                }

                _reader.Read();
            }

            _text.Append((char)next);
            if (next == '\n' || (next == '\r' && _reader.Peek() != '\n'))
            {
                _line++;
            }
        }
    }

    private void EndLine(int end)
    {
        if (end is '\n' or '\r')
        {
            _line++;
            if (end == '\r' && _reader.Peek() == '\n')
            {
                _reader.Read();
            }
        }
    }

    private bool IsBlank()
    {
        for (int i = 0; i < _text.Length; i++)
        {
            if (!char.IsWhiteSpace(_text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
