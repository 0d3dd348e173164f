using System.Globalization;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Numerics;

namespace OnnxDeep.PowerShell.Regressors;

/// <summary>Reads the numbers of a target; rows without one are skipped and named.</summary>
/// <param name="name">The name of the target.</param>
/// <param name="culture">The format of text; null for invariant numbers.</param>
internal sealed class TargetColumn(string name, CultureInfo? culture)
{
    private readonly NumberColumn _numbers = new(culture);
    private readonly List<int> _rows = [];
    private readonly List<double> _targets = [];
    private readonly List<SkippedExample> _skipped = [];
    private TableRow? _text;
    private int _texts;

    /// <summary>The number of each row that has one.</summary>
    public IReadOnlyList<double> Targets => _targets;

    /// <summary>These rows, as places in the table.</summary>
    public IReadOnlyList<int> Rows => _rows;

    /// <summary>The rows without a number.</summary>
    public IReadOnlyList<SkippedExample> Skipped => _skipped;

    /// <summary>Reads the targets of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="values">The target of each row by its number, from 1.</param>
    /// <exception cref="OnnxDeepException">Most targets are not numbers, or their format is not clear.</exception>
    public void Read(IReadOnlyList<TableRow> rows, IReadOnlyList<object?> values)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            Read(rows[i], values[(int)rows[i].Number - 1], i);
        }

        _numbers.Check(name);
        if (_text is not null && _texts >= _targets.Count)
        {
            throw new OnnxDeepException(
                ErrorIds.TargetNotNumeric,
                FormattableString.Invariant($"The target '{name}' is not a number in {_texts:N0} of ")
                + $"{Quantity.Of(rows.Count, "row")}, such as '{_text.Label}' in {_text.Name}. A regressor predicts "
                + "numbers: for dates, use the days since a date; for names and categories, train a classifier.");
        }
    }

    private void Read(TableRow row, object? value, int place)
    {
        switch (_numbers.Read(row.Number, value, out double number))
        {
            case NumberKind.Ambiguous:
                return;
            case NumberKind.Number when float.IsFinite((float)number):
                _rows.Add(place);
                _targets.Add(number);
                return;
            case NumberKind.Number:
                Skip(row, "is too large for the 32-bit floats of a model, or not finite");
                return;
            case NumberKind.Missing:
                Skip(row, "is missing");
                return;
            default:
                _text ??= row;
                _texts++;
                Skip(row, "is not a number");
                return;
        }
    }

    private void Skip(TableRow row, string problem) => _skipped.Add(new SkippedExample(
        row.Name, row.Label, SkipReason.Invalid, $"The target '{name}' {problem}."));
}
