using System.Globalization;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>The values of one column, and what it has besides numbers.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="culture">The culture of numbers in text; null for numbers with a decimal point.</param>
internal sealed class FeatureColumn(string name, CultureInfo? culture)
{
    private const int MostSamples = 5;
    private const int LongestSample = 40;

    private readonly NumberColumn _numbers = new(culture);
    private readonly List<double> _values = [];
    private readonly Dictionary<int, string> _samples = [];
    private readonly Dictionary<string, (int Count, string? First)> _others = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The name of the column.</summary>
    public string Name { get; } = name;

    /// <summary>The number of a row that has one.</summary>
    public double this[int row] => _values[row];

    /// <summary>Whether a row has a finite number.</summary>
    public bool Has(int row) => row < _values.Count && double.IsFinite(_values[row]);

    /// <summary>Whether more than half of the rows have a finite number.</summary>
    public bool HasMost(int rows) => _count * 2L > rows;

    /// <summary>The number of rows without a finite number.</summary>
    public int CountGaps(int rows) => rows - _count;

    /// <summary>Adds a value; the rows since the last one have none.</summary>
    /// <param name="row">The place of the row.</param>
    /// <param name="number">The number of the row, for messages.</param>
    /// <param name="value">The value.</param>
    public void Add(int row, long number, object? value)
    {
        while (_values.Count < row)
        {
            _values.Add(double.NaN);
        }

        // Names that differ only by case are one column; the first is used.
        if (_values.Count > row)
        {
            return;
        }

        NumberKind kind = _numbers.Read(number, value, out double read);
        if (kind == NumberKind.Ambiguous)
        {
            // Counts as a number: whether the column is one of numbers does not depend on its format.
            read = 0;
        }

        float single = (float)read;
        _values.Add(float.IsFinite(single) ? read : double.NaN);
        if (float.IsFinite(single))
        {
            _count++;
        }
        else if (kind != NumberKind.Missing && !double.IsNaN(read) || kind is NumberKind.Text or NumberKind.Other)
        {
            Note(row, number, kind, value!);
        }
    }

    /// <summary>Checks the format of the numbers.</summary>
    /// <exception cref="OnnxDeepException">It is not clear; the message names the row and the text.</exception>
    public void Check() => _numbers.Check(Name);

    /// <summary>Describes what the column has instead of numbers.</summary>
    public string Describe(int rows)
    {
        int missing = rows - _count - _others.Values.Sum(other => other.Count);
        IEnumerable<string> parts = _others
            .OrderByDescending(other => other.Value.Count)
            .Select(other => Count(other.Value.Count, rows, other.Key) + $", such as {other.Value.First}");
        return string.Join("; ", missing > 0 ? parts.Append(Count(missing, rows, "no value")) : parts);
    }

    /// <summary>Names a row without a number, with its value if it has one.</summary>
    /// <param name="row">The place of the row.</param>
    /// <param name="number">Its number.</param>
    public string DescribeCell(int row, long number) => FormattableString.Invariant($"{number}")
        + (_samples.TryGetValue(row, out string? text) ? $" ({text})" : string.Empty);

    private static string Count(int count, int rows, string what) =>
        FormattableString.Invariant($"{what} in {count:N0} of {rows:N0} rows");

    private void Note(int row, long number, NumberKind kind, object value)
    {
        string what = kind switch
        {
            NumberKind.Text => "text",
            NumberKind.Other => $"values of the type {value.GetType().Name}",
            _ => "numbers that are not finite in single precision",
        };
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
