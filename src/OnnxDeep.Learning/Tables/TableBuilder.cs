using OnnxDeep.Learning.Data;

namespace OnnxDeep.Learning.Tables;

/// <summary>
/// Collects rows of values of any kind, and decides over all of them what the columns are. Columns that are left out
/// and rows that are skipped are named with the reason.
/// </summary>
/// <param name="options">How the columns become features.</param>
internal sealed class TableBuilder(TableOptions options)
{
    private const int MostNames = 5;

    private readonly List<TableRow> _rows = [];
    private readonly List<(long Number, SkippedExample Example)> _skipped = [];
    private readonly List<TableValues> _columns =
        [.. (options.Wanted ?? []).Select(name => new TableValues(name))];

    private readonly Dictionary<string, TableValues> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _notices = [];
    private readonly List<LeftOutColumn> _leftOut = [];
    private int _place;

    /// <summary>The columns to use; null for all that are suitable.</summary>
    public IReadOnlyList<string>? Wanted => options.Wanted;

    /// <summary>The number of rows that were added.</summary>
    public int Rows => _rows.Count;

    /// <summary>The columns that are not used; filled by <see cref="Build"/>.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOut => _leftOut;

    /// <summary>Sentences about what was assumed or ignored; filled by <see cref="Build"/>.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>The rows that are not used, in their order; complete after <see cref="Build"/>.</summary>
    public IReadOnlyList<SkippedExample> Skipped =>
        (SkippedExample[])[.. _skipped.OrderBy(skipped => skipped.Number).Select(skipped => skipped.Example)];

    /// <summary>Adds a row, whose values follow.</summary>
    /// <param name="name">The name of the row, for the lists of rows.</param>
    /// <param name="number">Its number, for messages.</param>
    /// <param name="label">Its class or target.</param>
    public void AddRow(string name, long number, string label)
    {
        _rows.Add(new TableRow(name, number, label));
        _place = 0;
    }

    /// <summary>Adds a value of the last row, in the order of the wanted columns if there are any.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">The value without a shell's wrapper.</param>
    public void Add(string column, object? value) => FindColumn(_place++, column).Add(_rows.Count - 1, column, value);

    /// <summary>Notes a row that is not used, such as one without a label.</summary>
    public void Skip(long number, SkippedExample example) => _skipped.Add((number, example));

    /// <summary>Decides what the columns are, and gives the rows that can be used.</summary>
    /// <exception cref="OnnxDeepException">
    /// There is no column or no row to use, or the format of a number or date is not clear.
    /// </exception>
    public TableData Build()
    {
        long[] numbers = [.. _rows.Select(row => row.Number)];
        var inference = new ColumnInference(options, numbers);
        List<InferredColumn> columns = [];
        foreach (TableValues values in _columns)
        {
            values.Fill(_rows.Count);
            columns.Add(inference.Infer(values));
            values.Forget();
        }

        InferredColumn[] used = Select(columns);
        _notices.AddRange(inference.Notices);
        CheckWidth(used);
        int[] rows = FindRows(used);
        return new TableData(options, used, rows, [.. rows.Select(row => _rows[row])]);
    }

    private InferredColumn[] Select(List<InferredColumn> columns)
    {
        InferredColumn[] used = [.. columns.Where(column => column.Reason is null)];
        if (used.Length == 0 && columns.Where(column => column.IsIdentifier).ToArray() is { Length: > 0 } identifiers)
        {
            // A table of a single column, such as a time in seconds.
            used = identifiers;
            columns = [.. columns.Except(used)];
            string names = string.Join(", ", used.Select(column => $"'{column.Values.Name}'"));
            _notices.Add($"{names} can be an identifier ({used[0].Reason}), but there is nothing else to learn from.");
        }

        foreach (InferredColumn column in columns)
        {
            if (column.Reason is not null)
            {
                _leftOut.Add(new LeftOutColumn(column.Values.Name, column.Reason));
            }

            if (column.Values.OtherName is string other)
            {
                _leftOut.Add(new LeftOutColumn(
                    other, $"a name that differs in case only from '{column.Values.Name}', which is used"));
            }
        }

        return used.Length > 0 || _rows.Count == 0
            ? used
            : throw new OnnxDeepException(
                ErrorIds.NoFeatures,
                $"There is no column to learn from besides the label: {Quote(_leftOut)}.");
    }

    private static string Quote(List<LeftOutColumn> columns) =>
        columns.Count == 0 ? "the rows have no other property" : string.Join(
            "; ", columns.Take(MostNames).Select(column => $"'{column.Name}' has {column.Reason}"))
            + (columns.Count > MostNames
                ? FormattableString.Invariant($"; and {columns.Count - MostNames:N0} more")
                : string.Empty);

    private static void CheckWidth(InferredColumn[] used)
    {
        long width = used.Sum(column => (long)column.MostFeatures);
        if (width > TableSchema.MostFeatures)
        {
            throw new OnnxDeepException(
                ErrorIds.TooManyFeatures,
                FormattableString.Invariant($"The columns have {width:N0} features, ")
                + FormattableString.Invariant($"but at most {TableSchema.MostFeatures:N0} are possible. ")
                + "Use fewer columns, or columns with fewer categories.");
        }
    }

    private int[] FindRows(InferredColumn[] used)
    {
        if (!options.SkipsMissing)
        {
            return [.. Enumerable.Range(0, _rows.Count)];
        }

        var rows = new List<int>(_rows.Count);
        for (int row = 0; row < _rows.Count; row++)
        {
            if (Array.Find(used, column => column.Values.IsGap(row, column.Column.TakesText)) is InferredColumn gap)
            {
                Skip(_rows[row].Number, new SkippedExample(
                    _rows[row].Name, _rows[row].Label, SkipReason.Invalid, DescribeGap(gap.Column)));
                continue;
            }

            rows.Add(row);
        }

        string? gaps = DescribeGaps(used, _rows.Count - rows.Count);
        if (rows.Count == 0 && _rows.Count > 0)
        {
            throw new OnnxDeepException(ErrorIds.NoFeatures, $"No row has a value in each column. {gaps}");
        }

        if (gaps is not null)
        {
            _notices.Add(gaps);
        }

        return [.. rows];
    }

    private static string DescribeGap(TableColumn column) => column.Kind switch
    {
        ColumnKind.Number => $"The value of '{column.Name}' is not a finite number.",
        ColumnKind.Date => $"The value of '{column.Name}' is not a date.",
        _ => $"The value of '{column.Name}' is missing.",
    };

    private string? DescribeGaps(InferredColumn[] used, int skipped)
    {
        if (skipped == 0)
        {
            return null;
        }

        int[] all = [.. Enumerable.Range(0, _rows.Count)];
        var gaps = new List<string>();
        foreach (InferredColumn column in used)
        {
            int count = column.Values.CountGaps(all, column.Column.TakesText);
            if (count > 0)
            {
                IEnumerable<string> cells = all
                    .Where(row => column.Values.IsGap(row, column.Column.TakesText))
                    .Take(MostNames)
                    .Select(row => column.Values.DescribeCell(row, _rows[row].Number));
                string more = count > MostNames ? FormattableString.Invariant($" and {count - MostNames:N0} more") : "";
                gaps.Add($"'{column.Column.Name}' in {(count == 1 ? "row" : "rows")} "
                    + $"{string.Join(", ", cells)}{more}");
            }
        }

        string others = gaps.Count > MostNames
            ? FormattableString.Invariant($"; and {gaps.Count - MostNames:N0} more")
            : string.Empty;
        return FormattableString.Invariant($"{skipped:N0} of {_rows.Count:N0} rows ")
            + $"{(skipped == 1 ? "is" : "are")} skipped, because a value is missing: "
            + $"{string.Join("; ", gaps.Take(MostNames))}{others}.";
    }

    private TableValues FindColumn(int place, string name)
    {
        // Most rows have the columns in the same order.
        if (place < _columns.Count && (options.Wanted is not null || _columns[place].Name == name))
        {
            return _columns[place];
        }

        if (!_byName.TryGetValue(name, out TableValues? column))
        {
            column = new TableValues(name);
            _columns.Add(column);
            _byName.Add(name, column);
        }

        return column;
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Name">Its name in lists of rows.</param>
/// <param name="Number">Its number in messages.</param>
/// <param name="Label">Its class or target.</param>
internal sealed record TableRow(string Name, long Number, string Label);

/// <summary>A column with its values and what they are.</summary>
/// <param name="Values">The values.</param>
/// <param name="Column">The kind and format; the statistics are those of the training rows.</param>
/// <param name="Reason">Why the column is left out; null if it is used.</param>
internal sealed record InferredColumn(TableValues Values, TableColumn Column, string? Reason)
{
    /// <summary>Whether the column is left out because it looks like an identifier.</summary>
    public bool IsIdentifier { get; init; }

    /// <summary>Whether somebody who names the column can use it in spite of the reason.</summary>
    public bool IsUsable { get; init; }

    /// <summary>The largest number of features that it can have.</summary>
    public int MostFeatures { get; init; } = 1;
}
