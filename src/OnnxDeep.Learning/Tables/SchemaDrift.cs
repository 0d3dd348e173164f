using System.Globalization;

namespace OnnxDeep.Learning.Tables;

/// <summary>
/// Counts how rows differ from those that a model was trained on: unknown categories, missing values of columns that
/// had none, and numbers far outside the range.
/// </summary>
/// <param name="schema">The columns of the model.</param>
internal sealed class SchemaDrift(TableSchema schema)
{
    /// <summary>Fewer rows say little about a share.</summary>
    public const int FewestRows = 20;

    /// <summary>The share of rows above which they are unlike those of the training.</summary>
    public const double LargestShare = 0.05;

    // A part of the range of the training; beyond it, a number is far outside.
    private const double Margin = 0.1;
    private const int MostValues = 1000;
    private const int MostNames = 20;

    // Those of the years 1 and 9999.
    private const double FirstSecond = -62135596800;
    private const double LastSecond = 253402300799;

    private readonly ColumnDrift[] _columns = [.. schema.Columns.Select(column => new ColumnDrift(column))];
    private long _rows;

    /// <summary>Counts a row.</summary>
    /// <param name="states">What the values of all columns are.</param>
    /// <param name="numbers">[numeric columns].</param>
    /// <param name="texts">[text columns].</param>
    public void Add(ReadOnlySpan<CellState> states, ReadOnlySpan<double> numbers, ReadOnlySpan<string> texts)
    {
        _rows++;
        int number = 0;
        int text = 0;
        for (int i = 0; i < states.Length; i++)
        {
            ColumnDrift drift = _columns[i];
            drift.Missing += states[i] == CellState.Missing ? 1 : 0;
            if (drift.Column.TakesText)
            {
                if (states[i] == CellState.Unknown)
                {
                    drift.AddUnknown(texts[text]);
                }

                text++;
            }
            else
            {
                drift.AddNumber(numbers[number++]);
            }
        }
    }

    /// <summary>Sentences that warn: one for each kind of difference that there is.</summary>
    public IEnumerable<string> Warn()
    {
        ColumnDrift[] unknown = [.. _columns.Where(drift => drift.Unknown > 0)];
        if (unknown.Length > 0)
        {
            yield return "Categories that the model does not know count as none of its categories: "
                + $"{List(unknown, drift => drift.Unknown)}."
                + (Array.Exists(unknown, drift => IsLarge(drift.Unknown))
                    ? " The rows may be unlike those that it was trained on."
                    : string.Empty);
        }

        ColumnDrift[] missing = [.. _columns.Where(drift => drift.Missing > 0 && !drift.ExpectsMissing)];
        if (missing.Length > 0)
        {
            yield return "Values are missing in columns that had a value in every row of the training, and are "
                + "replaced with the median or the most frequent category: "
                + $"{List(missing, drift => drift.Missing)}.";
        }

        ColumnDrift[] outside = [.. _columns.Where(drift => IsLarge(drift.Outside))];
        if (outside.Length > 0)
        {
            yield return "Values are far outside the range that the model was trained on: "
                + $"{List(outside, drift => drift.Outside, drift => drift.Range)}. Its answers for them are guesses.";
        }
    }

    /// <summary>Sentences that name the unknown categories, one for each column that has some.</summary>
    public IEnumerable<string> NameUnknown() => _columns
        .Where(drift => drift.Unknown > 0 && !drift.Column.IsHashed)
        .Select(drift => $"Unknown in '{drift.Column.Name}': {drift.ListUnknown(MostNames)}.");

    private bool IsLarge(long count) => _rows >= FewestRows && count > LargestShare * _rows;

    private string List(
        IEnumerable<ColumnDrift> drifts, Func<ColumnDrift, long> count, Func<ColumnDrift, string>? detail = null) =>
        string.Join("; ", drifts.Select(drift => string.Create(
            CultureInfo.InvariantCulture,
            $"'{drift.Column.Name}' in {count(drift):N0} of {_rows:N0} {(_rows == 1 ? "row" : "rows")}")
            + detail?.Invoke(drift)));

    private sealed class ColumnDrift(TableColumn column)
    {
        private readonly double _margin = column.Kind is ColumnKind.Number or ColumnKind.Date
            && column.Maximum > column.Minimum
            ? Margin * (column.Maximum - column.Minimum)
            : double.PositiveInfinity;

        private readonly Dictionary<string, long> _unknown = new(StringComparer.Ordinal);

        public TableColumn Column => column;

        public long Missing { get; set; }

        public long Outside { get; private set; }

        public long Unknown { get; private set; }

        // A free text without a known word is zeros in the training too.
        public bool ExpectsMissing => column.Missing > 0 || column.Kind == ColumnKind.Text;

        public string Range => column.Kind == ColumnKind.Date
            ? $" ({ToDate(column.Minimum)} to {ToDate(column.Maximum)})"
            : FormattableString.Invariant($" ({column.Minimum:G6} to {column.Maximum:G6})");

        // NaN, a missing number, is not outside.
        public void AddNumber(double number)
        {
            if (number < column.Minimum - _margin || number > column.Maximum + _margin)
            {
                Outside++;
            }
        }

        public void AddUnknown(string text)
        {
            Unknown++;
            if (_unknown.Count < MostValues || _unknown.ContainsKey(text))
            {
                _unknown[text] = _unknown.GetValueOrDefault(text) + 1;
            }
        }

        // The most frequent ones.
        public string ListUnknown(int most)
        {
            IEnumerable<string> values = _unknown
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(most)
                .Select(pair => FormattableString.Invariant($"{ShownText.Value(pair.Key)} ({pair.Value:N0})"));
            return string.Join(", ", values) + (_unknown.Count > most ? " and others" : string.Empty);
        }

        private static string ToDate(double seconds) => DateTime.UnixEpoch
            .AddSeconds(Math.Clamp(seconds, FirstSecond, LastSecond))
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
