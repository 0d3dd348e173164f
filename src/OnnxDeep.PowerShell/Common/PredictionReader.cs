using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Numerics;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Reads rows with a predicted number and the true one; the first row determines which properties.</summary>
/// <param name="cmdlet">The cmdlet, which reports the rows that are skipped.</param>
/// <param name="culture">The format of text; null for invariant numbers.</param>
internal sealed class PredictionReader(OnnxDeepCmdlet cmdlet, CultureInfo? culture)
{
    private readonly List<double> _predicted = [];
    private readonly List<double> _actual = [];
    private Column? _predictedColumn;
    private Column? _actualColumn;
    private int _rows;

    /// <summary>The default names of properties with the prediction.</summary>
    public static string[] PredictedNames => ["Predicted", "Prediction", "Output", "Probability"];

    /// <summary>The default names of properties with the true value.</summary>
    public static string[] ActualNames => ["Actual", "Truth", "Expected", "Target"];

    /// <summary>The names of properties that can contain the prediction.</summary>
    public string[] PredictedProperty { get; init; } = PredictedNames;

    /// <summary>The names of properties that can contain the true value.</summary>
    public string[] ActualProperty { get; init; } = ActualNames;

    /// <summary>The predictions of the complete rows.</summary>
    public IReadOnlyList<double> Predicted => _predicted;

    /// <summary>Their true values.</summary>
    public IReadOnlyList<double> Actual => _actual;

    /// <summary>Adds the numbers of two lists.</summary>
    public void Add(PSObject[] predicted, PSObject[] actual)
    {
        _predicted.AddRange(new NumberArguments("Predicted", culture).ReadColumn(predicted));
        _actual.AddRange(new NumberArguments("Actual", culture).ReadColumn(actual));
        _rows = _predicted.Count;
        if (_predicted.Count != _actual.Count)
        {
            cmdlet.ThrowTerminatingError(Errors.CountMismatch(_predicted.Count, _actual.Count));
        }
    }

    /// <summary>Adds a row, or reports why it is skipped.</summary>
    public void Add(PSObject? row)
    {
        _rows++;
        if (row is null)
        {
            cmdlet.WriteError(Errors.RowIncomplete(_rows, "the pipeline", null));
            return;
        }

        if (Read(row, nameof(PredictedProperty), PredictedProperty, ref _predictedColumn) is double predicted
            && Read(row, nameof(ActualProperty), ActualProperty, ref _actualColumn) is double actual)
        {
            _predicted.Add(predicted);
            _actual.Add(actual);
        }
    }

    /// <summary>Checks the columns after the last row, and warns if rows were skipped.</summary>
    /// <returns>Whether there is a complete row; if not, that is reported.</returns>
    /// <exception cref="OnnxDeepException">It is not clear what the numbers of a column are.</exception>
    public bool Complete()
    {
        _predictedColumn?.Check();
        _actualColumn?.Check();
        if (_predicted.Count == 0)
        {
            cmdlet.WriteError(Errors.NothingToMeasure("a prediction and a true value"));
            return false;
        }

        if (_rows > _predicted.Count)
        {
            cmdlet.WriteWarning(FormattableString.Invariant(
                $"{_rows - _predicted.Count:N0} of {_rows:N0} rows were skipped; the errors identify them."));
        }

        return true;
    }

    private double? Read(PSObject row, string parameter, string[] names, ref Column? column)
    {
        if (RowProperties.Find(row, names) is not string name)
        {
            if (column is null)
            {
                cmdlet.ThrowTerminatingError(Errors.PropertyNotFound(parameter, names, row));
            }

            cmdlet.WriteError(Errors.RowIncomplete(_rows, names[0], row));
            return null;
        }

        column ??= new Column(name, new NumberColumn(culture));
        object? value = RowProperties.Get(row, name);
        switch (column.Numbers.Read(_rows, RowProperties.Unwrap(value), out double number))
        {
            case NumberKind.Number or NumberKind.Boolean when double.IsFinite(number):
                return number;
            case NumberKind.Ambiguous:
                return null;
            case NumberKind.Missing:
                cmdlet.WriteError(Errors.RowIncomplete(_rows, name, row));
                return null;
            default:
                cmdlet.WriteError(Errors.NotANumber(_rows, name, value));
                return null;
        }
    }

    private sealed record Column(string Name, NumberColumn Numbers)
    {
        /// <summary>Ends the command if it is not clear what the column's numbers are.</summary>
        public void Check() => Numbers.Check(Name);
    }
}
