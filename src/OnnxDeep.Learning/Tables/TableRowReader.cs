using System.Globalization;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Tables;

/// <summary>
/// Reads rows for a model of a table, with the conversions of its training. Not thread-safe. Nothing is allocated for
/// numbers.
/// </summary>
internal sealed class TableRowReader
{
    private const int LongestSample = 40;

    private readonly Cell[] _cells;

    /// <summary>Prepares to read rows.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="normalize">
    /// Converts free text to the words that the model takes; null if there is no such column.
    /// </param>
    /// <param name="culture">The culture of numbers and dates in text; null for that of the training.</param>
    /// <exception cref="OnnxDeepException">This machine lacks the culture of a column.</exception>
    public TableRowReader(TableSchema schema, Func<string, string>? normalize = null, CultureInfo? culture = null)
    {
        Schema = schema;
        int number = 0;
        int text = 0;
        _cells =
        [
            .. schema.Columns.Select(column => new Cell(
                column,
                column.TakesText ? text++ : number++,
                culture ?? FindCulture(column),
                column.Kind == ColumnKind.Text
                    ? normalize ?? throw new ArgumentNullException(nameof(normalize))
                    : null)),
        ];
    }

    /// <summary>The columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>Finds the place of a column in the schema; null if there is none.</summary>
    public int? Find(string name)
    {
        int place = Array.FindIndex(_cells, cell => cell.Column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return place < 0 ? null : place;
    }

    /// <summary>Reads the value of a column.</summary>
    /// <param name="column">The place of the column in the schema.</param>
    /// <param name="value">The value without a shell's wrapper; null if the row has none.</param>
    /// <param name="numbers">[numeric columns] of the row; receives a number, NaN for a missing or invalid one.</param>
    /// <param name="texts">[text columns] of the row; receives a text, empty for a missing or invalid one.</param>
    public CellState Read(int column, object? value, Span<double> numbers, Span<string> texts)
    {
        Cell cell = _cells[column];
        switch (cell.Column.Kind)
        {
            case ColumnKind.Number:
                return ReadNumber(cell, value, out numbers[cell.Place]);
            case ColumnKind.Boolean:
                CellState state = ReadNumber(cell, value, out numbers[cell.Place]);
                return state == CellState.Value && numbers[cell.Place] is not (0 or 1)
                    ? Reject(out numbers[cell.Place])
                    : state;
            case ColumnKind.Date:
                return ReadDate(cell, value, out numbers[cell.Place]);
            default:
                return ReadText(cell, value, out texts[cell.Place]);
        }
    }

    /// <summary>Says what is wrong with an invalid value, as a sentence.</summary>
    /// <param name="column">The place of the column in the schema.</param>
    /// <param name="value">The value that gave <see cref="CellState.Invalid"/>.</param>
    public string Explain(int column, object? value)
    {
        (TableColumn wanted, CultureInfo? culture) = (_cells[column].Column, _cells[column].Culture);
        string text = string.Create(CultureInfo.InvariantCulture, $"{value}");
        text = text.Length <= LongestSample ? text : string.Concat(text.AsSpan(0, LongestSample), "…");
        bool isNumber = wanted.Kind is ColumnKind.Number or ColumnKind.Boolean;
        string what = isNumber && NumberText.Read(value, culture, out _) is NumberKind.Ambiguous or NumberKind.Grouped
            ? NumberText.Explain(culture)
            : "which is not " + wanted.Kind switch
            {
                ColumnKind.Number => "a finite number.",
                ColumnKind.Boolean => "true or false.",
                ColumnKind.Date => $"a date such as {wanted.Format ?? "yyyy-MM-dd"}.",
                _ => "text.",
            };
        return $"'{wanted.Name}' has '{text}', {what}";
    }

    private static CultureInfo? FindCulture(TableColumn column)
    {
        try
        {
            return column.Culture is string name ? NumberText.FindCulture(name) : null;
        }
        catch (CultureNotFoundException e)
        {
            throw new OnnxDeepException(
                ErrorIds.CultureMissing,
                $"The model reads the numbers of '{column.Name}' in the format of the culture '{column.Culture}', "
                + "which this machine lacks. Install the data of cultures.",
                e);
        }
    }

    private static CellState Reject(out double number)
    {
        number = double.NaN;
        return CellState.Invalid;
    }

    private static CellState ReadNumber(Cell cell, object? value, out double number)
    {
        NumberKind kind = value is double plain
            ? ReadPlain(plain, out number)
            : NumberText.Read(value, cell.Culture, out number);

        // The commas of a single row say nothing; the name of a culture says that the training had thousands marks.
        switch (kind)
        {
            case NumberKind.Missing:
            case NumberKind.Number when double.IsNaN(number):
                return CellState.Missing;
            case NumberKind.Number or NumberKind.Boolean when float.IsFinite((float)number):
                return CellState.Value;
            default:
                return Reject(out number);
        }
    }

    private static NumberKind ReadPlain(double value, out double number)
    {
        number = value;
        return NumberKind.Number;
    }

    private static CellState ReadDate(Cell cell, object? value, out double seconds)
    {
        seconds = double.NaN;
        if (value is string text)
        {
            DateShape shape = DateText.Read(text, cell.IsDayFirst, out seconds);
            bool hasOrder = cell is not { Column.Format: null, Culture: null };
            if (shape != DateShape.None && (hasOrder || !shape.HasFlag(DateShape.Ordered)))
            {
                return CellState.Value;
            }
        }
        else if (value is not null && DateText.Read(value, out seconds) != DateShape.None)
        {
            return CellState.Value;
        }

        return NumberText.Read(value, null, out _) == NumberKind.Missing ? CellState.Missing : Reject(out seconds);
    }

    private static CellState ReadText(Cell cell, object? value, out string text)
    {
        text = CategoryText.Of(value) ?? string.Empty;
        if (text.Length == 0)
        {
            return CategoryText.Of(value) is null ? CellState.Invalid : CellState.Missing;
        }

        if (cell.Normalize is not null)
        {
            text = cell.Normalize(text);
            return CellState.Value;
        }

        text = cell.Column.IsHashed ? CategoryText.Hash(cell.Column.Name, text) : text;
        return cell.Categories!.Contains(text) ? CellState.Value : CellState.Unknown;
    }

    private sealed class Cell(TableColumn column, int place, CultureInfo? culture, Func<string, string>? normalize)
    {
        public TableColumn Column { get; } = column;

        public int Place { get; } = place;

        public CultureInfo? Culture { get; } = culture;

        public Func<string, string>? Normalize { get; } = normalize;

        // The columns of dates have no culture of their own.
        public bool IsDayFirst { get; } = culture is not null
            ? ColumnInference.IsDayFirst(culture)
            : column.Format?.StartsWith('d') == true;

        public HashSet<string>? Categories { get; } = column.Kind == ColumnKind.Category
            ? column.Categories.Select(category => category.Value).ToHashSet(StringComparer.Ordinal)
            : null;
    }
}

/// <summary>What a value of a row is to a model.</summary>
internal enum CellState
{
    /// <summary>A value like those of the training.</summary>
    Value,

    /// <summary>No value; the model fills in its own.</summary>
    Missing,

    /// <summary>A text that is not a category of the model.</summary>
    Unknown,

    /// <summary>A value that the column cannot have; the row has a missing value instead.</summary>
    Invalid,
}
