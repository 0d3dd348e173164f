using System.Globalization;

namespace OnnxDeep.Learning.Data;

/// <summary>
/// Collects rows of values of any kind and finds the columns of numbers in them, from all rows. Columns that are left
/// out and rows that lack a number are named.
/// </summary>
/// <param name="wanted">The columns to use; null for those that have a number in more than half of the rows.</param>
/// <param name="culture">The culture of numbers in text; null for numbers with a decimal point.</param>
internal sealed class FeatureTable(IReadOnlyList<string>? wanted, CultureInfo? culture)
{
    private const int MostNames = 5;

    private readonly List<(string Name, long Number, string Label)> _rows = [];
    private readonly List<(long Number, SkippedExample Example)> _skipped = [];
    private readonly List<FeatureColumn> _columns =
        [.. (wanted ?? []).Select(name => new FeatureColumn(name, culture))];

    private readonly Dictionary<string, FeatureColumn> _byName = new(StringComparer.OrdinalIgnoreCase);
    private int _place;

    /// <summary>The names of the columns that are used; filled by <see cref="Build"/>.</summary>
    public IReadOnlyList<string> Features { get; private set; } = [];

    /// <summary>The columns that are not used; filled by <see cref="Build"/>.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOut { get; private set; } = [];

    /// <summary>The rows that are not used, in their order; complete after <see cref="Build"/>.</summary>
    public IReadOnlyList<SkippedExample> Skipped =>
        (SkippedExample[])[.. _skipped.OrderBy(skipped => skipped.Number).Select(skipped => skipped.Example)];

    /// <summary>
    /// A sentence that names the rows without a number and their columns; null if there are none. Filled by <see
    /// cref="Build"/>.
    /// </summary>
    public string? Gaps { get; private set; }

    /// <summary>Adds a row, whose values follow.</summary>
    /// <param name="name">The name of the row, for the lists of rows.</param>
    /// <param name="number">Its number, for messages.</param>
    /// <param name="label">Its class.</param>
    public void AddRow(string name, long number, string label)
    {
        _rows.Add((name, number, label));
        _place = 0;
    }

    /// <summary>Adds a value of the last row, in the order of the wanted columns if there are any.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value without a shell's wrapper.</param>
    public void Add(string column, object? value) =>
        FindColumn(_place++, column).Add(_rows.Count - 1, _rows[^1].Number, value);

    /// <summary>Notes a row that is not used, such as one without a label.</summary>
    public void Skip(long number, SkippedExample example) => _skipped.Add((number, example));

    /// <summary>Creates the examples; rows that lack a number are skipped.</summary>
    /// <exception cref="OnnxDeepException">
    /// No column has numbers, no row has a number in each column, or the format of a number is not clear.
    /// </exception>
    public IReadOnlyList<(string Name, string Label, float[] Features)> Build()
    {
        FeatureColumn[] used = [.. _columns.Where(column => wanted is not null || column.HasMost(_rows.Count))];
        foreach (FeatureColumn column in used)
        {
            column.Check();
        }

        Features = [.. used.Select(column => column.Name)];
        LeftOut = (LeftOutColumn[])
        [
            .. _columns.Except(used).Select(column => new LeftOutColumn(column.Name, column.Describe(_rows.Count))),
        ];
        if (used.Length == 0 && _rows.Count > 0)
        {
            throw new OnnxDeepException(
                ErrorIds.NoFeatures,
                "No column besides the label has a number in more than half of the rows: "
                + $"{string.Join("; ", LeftOut.Select(column => $"'{column.Name}' has {column.Reason}"))}.");
        }

        var rows = new List<(string, string, float[])>(_rows.Count);
        for (int row = 0; row < _rows.Count; row++)
        {
            (string name, long number, string label) = _rows[row];
            if (Array.Find(used, column => !column.Has(row)) is FeatureColumn gap)
            {
                Skip(number, new SkippedExample(
                    name, label, SkipReason.Invalid, $"The value of '{gap.Name}' is not a finite number."));
                continue;
            }

            rows.Add((name, label, [.. used.Select(column => (float)column[row])]));
        }

        Gaps = DescribeGaps(used, _rows.Count - rows.Count);
        return rows.Count > 0 || _rows.Count == 0
            ? rows
            : throw new OnnxDeepException(
                ErrorIds.NoFeatures, $"No row has a number in each column. {Gaps}");
    }

    private FeatureColumn FindColumn(int place, string name)
    {
        // Most rows have the columns in the same order.
        if (place < _columns.Count && (wanted is not null || _columns[place].Name == name))
        {
            return _columns[place];
        }

        if (!_byName.TryGetValue(name, out FeatureColumn? column))
        {
            column = new FeatureColumn(name, culture);
            _columns.Add(column);
            _byName.Add(name, column);
        }

        return column;
    }

    private string? DescribeGaps(IEnumerable<FeatureColumn> used, int skipped)
    {
        if (skipped == 0)
        {
            return null;
        }

        string[] gaps =
        [
            .. used.Where(column => column.CountGaps(_rows.Count) > 0).Select(column =>
            {
                int count = column.CountGaps(_rows.Count);
                IEnumerable<string> numbers = Enumerable.Range(0, _rows.Count)
                    .Where(row => !column.Has(row))
                    .Take(MostNames)
                    .Select(row => column.DescribeCell(row, _rows[row].Number));
                string more = count > MostNames ? FormattableString.Invariant($" and {count - MostNames:N0} more") : "";
                return $"'{column.Name}' in {(count == 1 ? "row" : "rows")} {string.Join(", ", numbers)}{more}";
            }),
        ];
        return FormattableString.Invariant($"{skipped:N0} of {_rows.Count:N0} rows ")
            + $"{(skipped == 1 ? "is" : "are")} skipped, because a number is missing: {string.Join("; ", gaps)}.";
    }
}

/// <summary>A column that a training does not use.</summary>
/// <param name="Name">The column.</param>
/// <param name="Reason">
/// What it has instead of numbers, such as "text in 20 of 20 rows, such as 'red' in row 1".
/// </param>
public sealed record LeftOutColumn(string Name, string Reason)
{
    /// <summary>The column and the reason.</summary>
    public override string ToString() => $"{ShownText.Value(Name)}: {ShownText.Message(Reason)}";
}
