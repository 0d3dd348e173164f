using System.Globalization;
using System.Management.Automation;
using OnnxDeep.Numerics;

using OnnxDeep.Learning.Training;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Measures the loss between predictions and true values.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Loss", DefaultParameterSetName = RowSet, HelpUri = HelpUris.MeasureLoss)]
[OutputType(typeof(LossMeasure))]
public sealed class MeasureLossCommand : OnnxDeepCmdlet
{
    private const string RowSet = "Row";
    private const string ArraySet = "Array";

    private readonly List<double> _predicted = [];
    private readonly List<double> _actual = [];
    private Column? _predictedColumn;
    private Column? _actualColumn;
    private int _rows;

    /// <summary>Rows that contain a prediction and the true value.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RowSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; } = [];

    /// <summary>The property of the rows that contains the prediction.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string[] PredictedProperty { get; set; } = ["Predicted", "Prediction", "Output", "Probability"];

    /// <summary>The property of the rows that contains the true value.</summary>
    [Parameter(ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string[] ActualProperty { get; set; } = ["Actual", "Truth", "Expected", "Target"];

    /// <summary>The predictions.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ArraySet)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Predicted { get; set; } = [];

    /// <summary>The true values, in the same order.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ArraySet)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Actual { get; set; } = [];

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName == ArraySet)
        {
            _predicted.AddRange(new NumberArguments(nameof(Predicted), Culture).ReadColumn(Predicted));
            _actual.AddRange(new NumberArguments(nameof(Actual), Culture).ReadColumn(Actual));
            if (_predicted.Count != _actual.Count)
            {
                ThrowTerminatingError(Errors.CountMismatch(_predicted.Count, _actual.Count));
            }

            return;
        }

        foreach (PSObject? row in InputObject ?? [null])
        {
            Stop.ThrowIfCancellationRequested();
            _rows++;
            Attempt(row, () => AddRow(row));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        _predictedColumn?.Check();
        _actualColumn?.Check();
        if (_predicted.Count == 0)
        {
            WriteError(Errors.NothingToMeasure("a prediction and a true value"));
            return;
        }

        if (_rows > _predicted.Count)
        {
            WriteWarning(FormattableString.Invariant(
                $"{_rows - _predicted.Count:N0} of {_rows:N0} rows were skipped; the errors identify them."));
        }

        LossMeasure measure = LossMeasure.Compute(_predicted.ToArray(), _actual.ToArray());
        if (measure.BinaryCrossEntropy is null)
        {
            WriteVerbose("The binary cross-entropy is undefined: not all predictions and true values are from 0 to 1.");
        }

        WriteObject(measure);
    }

    private void AddRow(PSObject? row)
    {
        if (row is null)
        {
            WriteError(Errors.RowIncomplete(_rows, "the pipeline", null));
            return;
        }

        if (Read(row, nameof(PredictedProperty), PredictedProperty, ref _predictedColumn) is double predicted
            && Read(row, nameof(ActualProperty), ActualProperty, ref _actualColumn) is double actual)
        {
            _predicted.Add(predicted);
            _actual.Add(actual);
        }
    }

    private double? Read(PSObject row, string parameter, string[] names, ref Column? column)
    {
        if (RowProperties.Find(row, names) is not string name)
        {
            if (column is null)
            {
                ThrowTerminatingError(Errors.PropertyNotFound(parameter, names, row));
            }

            WriteError(Errors.RowIncomplete(_rows, names[0], row));
            return null;
        }

        column ??= new Column(name, new NumberColumn(Culture));
        object? value = RowProperties.Get(row, name);
        switch (column.Numbers.Read(_rows, RowProperties.Unwrap(value), out double number))
        {
            case NumberKind.Number or NumberKind.Boolean when double.IsFinite(number):
                return number;
            case NumberKind.Ambiguous:
                return null;
            case NumberKind.Missing:
                WriteError(Errors.RowIncomplete(_rows, name, row));
                return null;
            default:
                WriteError(Errors.NotANumber(_rows, name, value));
                return null;
        }
    }

    private sealed record Column(string Name, NumberColumn Numbers)
    {
        /// <summary>Ends the command if it is not clear what the column's numbers are.</summary>
        public void Check() => Numbers.Check(Name);
    }
}
