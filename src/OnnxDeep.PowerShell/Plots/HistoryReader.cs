using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Training;
using OnnxDeep.Numerics;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

using EpochPoint = OnnxDeep.Plots.Pictures.EpochPoint;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>
/// Reads a training history from a history, from an object with a history, or from rows such as those of a CSV file.
/// </summary>
/// <param name="culture">The culture of numbers in text; null for numbers with a decimal point.</param>
internal sealed class HistoryReader(CultureInfo? culture)
{
    private readonly Dictionary<string, NumberColumn> _columns = new(StringComparer.Ordinal);
    private readonly List<EpochPoint> _rows = [];
    private readonly List<TrainingHistory> _histories = [];

    /// <summary>Adds an object.</summary>
    /// <exception cref="OnnxDeepException">The object is neither a history nor a row of one, and has none.</exception>
    public void Add(PSObject item) => Add(item, 0);

    private void Add(PSObject item, int level)
    {
        if (item.BaseObject is TrainingHistory history)
        {
            _histories.Add(history);
        }
        else if (RowProperties.FindValue(item, "History", "Epochs") is object inner)
        {
            foreach (PSObject part in RowProperties.Enumerate(inner))
            {
                Add(part, Nesting.Enter(level));
            }
        }
        else
        {
            _rows.Add(ReadRow(item));
        }
    }

    /// <summary>Creates the plot of the added objects.</summary>
    /// <exception cref="OnnxDeepException">
    /// No epoch was added, or several histories were, or the format of the numbers is not clear.
    /// </exception>
    public LossPlot Build()
    {
        foreach ((string name, NumberColumn column) in _columns)
        {
            column.Check(name);
        }

        if (_histories.Count + (_rows.Count > 0 ? 1 : 0) > 1)
        {
            throw Invalid(
                "The input contains more than one history, but a picture shows only one. "
                + "Run the command once for each history, with a different -Path.");
        }

        return _histories.Count == 1 ? LossPlot.From(_histories[0]) : LossPlot.From(_rows);
    }

    private EpochPoint ReadRow(PSObject item)
    {
        double? Number(string name) => ReadNumber(item, name);

        double loss = Number(nameof(EpochPoint.Loss)) ?? throw Invalid(
            $"The object '{item}' is neither a training history nor a row of one: it has none of the properties "
            + $"History, Epochs and Loss, but {RowProperties.List(item)}. Specify a training result, its History, or "
            + "rows with Epoch, Loss, Accuracy, ValidationLoss and ValidationAccuracy.");
        return new EpochPoint(
            Number(nameof(EpochPoint.Epoch)) ?? _rows.Count + 1,
            loss,
            Number(nameof(EpochPoint.Accuracy)),
            Number(nameof(EpochPoint.ValidationLoss)),
            Number(nameof(EpochPoint.ValidationAccuracy)));
    }

    private double? ReadNumber(PSObject item, string name)
    {
        object? value = RowProperties.FindValue(item, name);
        if (!_columns.TryGetValue(name, out NumberColumn? column))
        {
            column = _columns[name] = new NumberColumn(culture);
        }

        return column.Read(_rows.Count + 1, RowProperties.Unwrap(value), out double number) switch
        {
            NumberKind.Number or NumberKind.Ambiguous => number,
            NumberKind.Missing => null,
            _ => throw Invalid(
                $"The property {name} of a row is '{value}', which is not a number. "
                + "Use numbers with a decimal point, such as 0.25."),
        };
    }

    private static OnnxDeepException Invalid(string message) => new(ErrorIds.HistoryInvalid, message);
}
