using System.Globalization;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Tables;

/// <summary>The values of one column as they were given, and what all of them together are.</summary>
/// <param name="name">The name of the column.</param>
internal sealed class TableValues(string name)
{
    private const int MostSamples = 5;
    private const int LongestSample = 40;

    private readonly List<object?> _values = [];
    private readonly Dictionary<string, (int Count, string? First)> _others = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _samples = [];

    /// <summary>The name of the column.</summary>
    public string Name { get; } = name;

    /// <summary>Another name of the column in some row, which differs in case only; null if there is none.</summary>
    public string? OtherName { get; private set; }

    /// <summary>The values that are read as numbers or dates, NaN for a missing one; filled by the readers.</summary>
    public double[] Numbers { get; private set; } = [];

    /// <summary>
    /// The texts of a category or free text, empty for a missing one; filled by <see cref="ReadTexts"/>.
    /// </summary>
    public string[] Texts { get; private set; } = [];

    /// <summary>The rows without a value of the column's kind.</summary>
    public int CountGaps(ReadOnlySpan<int> rows, bool isText)
    {
        int count = 0;
        foreach (int row in rows)
        {
            count += IsGap(row, isText) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Whether a row has no value of the column's kind.</summary>
    public bool IsGap(int row, bool isText) => isText ? Texts[row].Length == 0 : double.IsNaN(Numbers[row]);

    /// <summary>Adds a value; the rows since the last one have none.</summary>
    /// <param name="row">The place of the row.</param>
    /// <param name="column">The name as the row has it.</param>
    /// <param name="value">The value without a shell's wrapper.</param>
    public void Add(int row, string column, object? value)
    {
        Fill(row);

        // Names that differ only by case are one column; the first is used.
        if (_values.Count > row)
        {
            OtherName ??= column;
            return;
        }

        _values.Add(value);
    }

    /// <summary>Adds missing values up to a number of rows.</summary>
    public void Fill(int rows)
    {
        while (_values.Count < rows)
        {
            _values.Add(null);
        }
    }

    /// <summary>Counts what the values are, whatever the column becomes.</summary>
    /// <param name="culture">The culture of numbers in text; null for invariant numbers.</param>
    public ValueCounts Count(CultureInfo? culture)
    {
        var counts = new ValueCounts();
        foreach (object? value in _values)
        {
            if (CategoryText.Of(value) is { Length: 0 })
            {
                continue;
            }

            counts.Values++;
            NumberKind kind = NumberText.Read(value, culture, out double number);
            switch (kind)
            {
                case NumberKind.Ambiguous when IsDate(value!):
                    counts.Dates++;
                    break;
                case NumberKind.Missing:
                case NumberKind.Number when double.IsNaN(number):
                    counts.Marks++;
                    break;
                case NumberKind.Boolean:
                    counts.Flags++;
                    break;
                case NumberKind.Number or NumberKind.Grouped or NumberKind.Ambiguous:
                    bool isFinite = kind == NumberKind.Ambiguous || float.IsFinite((float)number);
                    counts.Numbers += isFinite ? 1 : 0;
                    counts.NotFinite += isFinite ? 0 : 1;
                    counts.Codes += value is string text && IsCode(text) ? 1 : 0;
                    break;
                default:
                    bool isDate = IsDate(value!);
                    counts.Dates += isDate ? 1 : 0;
                    counts.Others += !isDate && CategoryText.Of(value) is null ? 1 : 0;
                    break;
            }
        }

        return counts;
    }

    /// <summary>Reads all values as numbers.</summary>
    /// <param name="numbers">The reader of the column's numbers.</param>
    /// <param name="rowNumbers">The numbers of the rows, for messages.</param>
    public void ReadNumbers(NumberColumn numbers, IReadOnlyList<long> rowNumbers) => ReadEach((row, value) =>
    {
        NumberKind kind = numbers.Read(rowNumbers[row], value, out double number);
        bool isFinite = float.IsFinite((float)number);
        if (kind is NumberKind.Text or NumberKind.Other)
        {
            Note(row, rowNumbers[row], Describe(value!, kind == NumberKind.Text), value!);
        }
        else if (!isFinite && !double.IsNaN(number))
        {
            Note(row, rowNumbers[row], "numbers that are not finite in single precision", value!);
        }

        return isFinite ? number : double.NaN;
    });

    /// <summary>Reads all values as dates.</summary>
    /// <param name="dayFirst">Whether dates such as 01/02/2025 begin with the day.</param>
    /// <param name="rowNumbers">The numbers of the rows, for messages.</param>
    public void ReadDates(bool dayFirst, IReadOnlyList<long> rowNumbers) => ReadEach((row, value) =>
    {
        DateShape shape = ReadDate(value, dayFirst, out double seconds);
        if (shape == DateShape.None && NumberText.Read(value, null, out _) != NumberKind.Missing)
        {
            Note(row, rowNumbers[row], Describe(value!, CategoryText.Of(value) is not null), value!);
        }

        return seconds;
    });

    /// <summary>Reads all values as those of a column of a model.</summary>
    /// <param name="reader">Reads rows for the model.</param>
    /// <param name="column">The place of the column in its schema.</param>
    /// <param name="rowNumbers">The numbers of the rows, for messages.</param>
    public void ReadAs(TableRowReader reader, int column, IReadOnlyList<long> rowNumbers)
    {
        double[] numbers = new double[reader.Schema.Numeric.Count];
        string[] texts = new string[reader.Schema.Textual.Count];
        TableColumn wanted = reader.Schema.Columns[column];
        int place = (wanted.TakesText ? reader.Schema.Textual : reader.Schema.Numeric).Index()
            .First(other => other.Item == wanted).Index;
        Texts = new string[wanted.TakesText ? _values.Count : 0];
        ReadEach((row, value) =>
        {
            if (reader.Read(column, value, numbers, texts) == CellState.Invalid)
            {
                Note(row, rowNumbers[row], Describe(value!, CategoryText.Of(value) is not null), value!);
            }

            if (!wanted.TakesText)
            {
                return numbers[place];
            }

            Texts[row] = texts[place];
            return double.NaN;
        });
    }

    /// <summary>Counts the dates by what they say about their order and offset.</summary>
    public DateCounts CountDates()
    {
        var counts = new DateCounts();
        for (int row = 0; row < _values.Count; row++)
        {
            object? value = _values[row];
            DateShape day = ReadDate(value, dayFirst: true, out double first);
            DateShape month = ReadDate(value, dayFirst: false, out double second);
            DateShape shape = day | month;
            if (shape == DateShape.None)
            {
                continue;
            }

            counts.WithOffset += shape.HasFlag(DateShape.WithOffset) ? 1 : 0;
            counts.Plain += shape.HasFlag(DateShape.Plain) ? 1 : 0;
            if (shape.HasFlag(DateShape.Ordered))
            {
                counts.Ordered ??= (string)value!;
                counts.DayFirst ??= month == DateShape.None ? row : null;
                counts.MonthFirst ??= day == DateShape.None ? row : null;
                counts.OrderMatters |= day != DateShape.None && month != DateShape.None && first != second;
            }
        }

        return counts;
    }

    /// <summary>Reads all values as texts.</summary>
    /// <param name="convert">Converts a text that is not empty, such as to its digest.</param>
    public void ReadTexts(Func<string, string>? convert)
    {
        Dictionary<string, string> known = new(StringComparer.Ordinal);
        Texts = new string[_values.Count];
        for (int row = 0; row < Texts.Length; row++)
        {
            string text = CategoryText.Of(_values[row]) ?? string.Empty;
            if (text.Length > 0 && !known.TryGetValue(text, out string? converted))
            {
                // One object for each text, however many rows have it.
                converted = convert is null ? text : convert(text);
                known.Add(text, converted);
                text = converted;
            }
            else if (text.Length > 0)
            {
                text = known[text];
            }

            Texts[row] = text;
        }
    }

    /// <summary>Whether a text has a comma that cannot be a thousands mark, as in 1,5.</summary>
    public bool HasDecimalComma() => _values.Exists(
        value => value is string text && NumberText.Read(text, null, out _) == NumberKind.Ambiguous);

    /// <summary>Gets a value as it was given.</summary>
    public string Show(int row) => Shorten(string.Create(CultureInfo.InvariantCulture, $"{_values[row]}"));

    /// <summary>
    /// Describes the values that are not of the column's kind and count as missing; null if there are none.
    /// </summary>
    public string? DescribeOthers() => _others.Count == 0
        ? null
        : string.Join("; ", _others
            .OrderByDescending(other => other.Value.Count)
            .Select(other => FormattableString.Invariant($"{other.Key} in {other.Value.Count:N0} of ")
                + FormattableString.Invariant($"{_values.Count:N0} rows, such as {other.Value.First}")));

    /// <summary>The type of the first value that has no text, such as a list.</summary>
    public string FindType() => _values.First(value => CategoryText.Of(value) is null)!.GetType().Name;

    /// <summary>Names a row without a value, with what it has instead.</summary>
    public string DescribeCell(int row, long number) => FormattableString.Invariant($"{number}")
        + (_samples.TryGetValue(row, out string? text) ? $" ({text})" : string.Empty);

    /// <summary>Forgets the values, which have been read.</summary>
    public void Forget() => _values.Clear();

    private static bool IsDate(object value) => ReadDate(value, dayFirst: true, out _) != DateShape.None
        || ReadDate(value, dayFirst: false, out _) != DateShape.None;

    private static DateShape ReadDate(object? value, bool dayFirst, out double seconds)
    {
        seconds = double.NaN;
        return value is null ? DateShape.None
            : value is string text ? DateText.Read(text, dayFirst, out seconds)
            : DateText.Read(value, out seconds);
    }

    // Digits that begin with 0.
    private static bool IsCode(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().Trim();
        return digits.Length > 1 && digits[0] == '0' && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private void ReadEach(Func<int, object?, double> read)
    {
        _others.Clear();
        _samples.Clear();
        Numbers = new double[_values.Count];
        for (int row = 0; row < Numbers.Length; row++)
        {
            Numbers[row] = read(row, _values[row]);
        }
    }

    private static string Describe(object value, bool isText) =>
        isText ? "text" : $"values of the type {value.GetType().Name}";

    private void Note(int row, long number, string what, object value)
    {
        (int count, string? first) = _others.GetValueOrDefault(what);
        if (count < MostSamples)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"'{Shorten($"{value}")}'");
            _samples[row] = text;
            first ??= FormattableString.Invariant($"{text} in row {number}");
        }

        _others[what] = (count + 1, first);
    }

    private static string Shorten(string text) =>
        text.Length <= LongestSample ? text : string.Concat(text.AsSpan(0, LongestSample), "…");
}

/// <summary>How many values of a column are what.</summary>
internal sealed class ValueCounts
{
    /// <summary>The values that are neither null nor blank.</summary>
    public int Values { get; set; }

    /// <summary>The marks of missing numbers, such as NA and NaN.</summary>
    public int Marks { get; set; }

    /// <summary>True and false.</summary>
    public int Flags { get; set; }

    /// <summary>Finite numbers.</summary>
    public int Numbers { get; set; }

    /// <summary>Numbers that are not finite in single precision, such as 1e300.</summary>
    public int NotFinite { get; set; }

    /// <summary>The numbers whose digits begin with 0, such as 007.</summary>
    public int Codes { get; set; }

    /// <summary>Dates.</summary>
    public int Dates { get; set; }

    /// <summary>Values without a text, such as lists.</summary>
    public int Others { get; set; }
}

/// <summary>What the dates of a column say about their order and offset.</summary>
internal sealed class DateCounts
{
    /// <summary>The dates with an offset from UTC.</summary>
    public int WithOffset { get; set; }

    /// <summary>The dates without one.</summary>
    public int Plain { get; set; }

    /// <summary>The first date that begins with the day or the month.</summary>
    public string? Ordered { get; set; }

    /// <summary>The first row whose date can only begin with the day.</summary>
    public int? DayFirst { get; set; }

    /// <summary>The first row whose date can only begin with the month.</summary>
    public int? MonthFirst { get; set; }

    /// <summary>Whether a date means another day if the order is the other one.</summary>
    public bool OrderMatters { get; set; }
}
