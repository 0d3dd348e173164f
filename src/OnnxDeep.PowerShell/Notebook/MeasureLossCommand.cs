using System.Management.Automation;

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
    public double[] Predicted { get; set; } = [];

    /// <summary>The true values, in the same order.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ArraySet)]
    [ValidateNotNullOrEmpty]
    public double[] Actual { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName == ArraySet)
        {
            if (Predicted.Length != Actual.Length)
            {
                ThrowTerminatingError(Errors.CountMismatch(Predicted.Length, Actual.Length));
            }

            _predicted.AddRange(Predicted);
            _actual.AddRange(Actual);
            return;
        }

        foreach (PSObject? row in InputObject ?? [null])
        {
            Stop.ThrowIfCancellationRequested();
            _rows++;
            AddRow(row);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
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

        if (Read(row, nameof(PredictedProperty), PredictedProperty) is double predicted
            && Read(row, nameof(ActualProperty), ActualProperty) is double actual)
        {
            _predicted.Add(predicted);
            _actual.Add(actual);
        }
    }

    private double? Read(PSObject row, string parameter, string[] names)
    {
        if (RowProperties.Find(row, names) is not string name)
        {
            if (_rows == 1)
            {
                ThrowTerminatingError(Errors.PropertyNotFound(parameter, names, RowProperties.Names(row), row));
            }

            WriteError(Errors.RowIncomplete(_rows, names[0], row));
            return null;
        }

        object? value = RowProperties.Get(row, name);
        if (RowProperties.ToText(value) is null)
        {
            WriteError(Errors.RowIncomplete(_rows, name, row));
            return null;
        }

        // Booleans are 1 and 0.
        double? number = value is bool isTrue ? (isTrue ? 1 : 0) : RowProperties.ToNumber(value);
        if (number is not double finite || !double.IsFinite(finite))
        {
            WriteError(Errors.NotANumber(_rows, name, value));
            return null;
        }

        return finite;
    }
}
