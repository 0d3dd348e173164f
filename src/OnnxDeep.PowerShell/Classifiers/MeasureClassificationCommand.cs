using System.Globalization;
using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Measures predicted classes against the truth.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Classification", HelpUri = HelpUris.MeasureClassification)]
[OutputType(typeof(ClassificationMeasure))]
public sealed class MeasureClassificationCommand : OnnxDeepCmdlet
{
    private ClassificationRows? _rows;

    /// <summary>Rows that contain a prediction and the truth.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[]? InputObject { get; set; } = [];

    /// <summary>The property that contains the predicted class.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Prediction { get; set; }

    /// <summary>The property that contains the true class.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Truth { get; set; }

    /// <summary>The property that contains a single probability, or the probability of each class by name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Probability { get; set; }

    /// <summary>
    /// What a single probability refers to: the label of its row, or the positive class, whatever the label.
    /// </summary>
    [Parameter]
    [FlatTransformation]
    public ProbabilityMeaning? ProbabilityOf { get; set; }

    /// <summary>The class whose probabilities are measured.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PositiveLabel { get; set; }

    /// <summary>Recomputes the predictions: the positive class is predicted at or above this probability.</summary>
    [Parameter]
    [NumberTransformation]
    public double? Threshold { get; set; }

    /// <summary>All classes, in the order of the report.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Label { get; set; }

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Threshold is double threshold && !(threshold >= 0 && threshold <= 1))
        {
            ThrowTerminatingError(Errors.ThresholdOutOfRange(threshold));
        }

        _rows = new ClassificationRows(
            this,
            new ClassificationRowReader(
                Prediction, Truth, Probability, isPredictionNeeded: Threshold is null, Culture));
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (PSObject? item in InputObject ?? [null])
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(item, () => _rows!.Add(item));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        int unknown = _rows!.RemoveUnknown(Label);
        if (Label is not null)
        {
            RemoveUnlisted(Label);
        }

        if (_rows.Valid.Count == 0)
        {
            WriteError(Errors.NothingToMeasure("a prediction and a truth"));
            return;
        }

        int leftOut = _rows.Count - _rows.Valid.Count - unknown;
        if (leftOut > 0)
        {
            WriteWarning(FormattableString.Invariant(
                $"Skipped {leftOut:N0} of {Quantity.Of(_rows.Count, "row")}; the errors identify them."));
        }

        var builder = new ClassificationBuilder(_rows.Valid, Label, PositiveLabel, ProbabilityOf, Threshold, Stop);
        if (builder.Check() is ErrorRecord error)
        {
            ThrowTerminatingError(error);
        }

        ClassificationMeasure measure = builder.Build() with { LeftOut = leftOut, Unknown = unknown };
        foreach (string warning in builder.Warnings)
        {
            WriteWarning(warning);
        }

        WriteObject(measure);
    }

    private void RemoveUnlisted(string[] labels)
    {
        var listed = new HashSet<string>(labels, StringComparer.Ordinal);
        _rows!.Valid.RemoveAll(row =>
        {
            string? stranger = !listed.Contains(row.Truth) ? row.Truth
                : Threshold is null && !listed.Contains(row.Prediction!) ? row.Prediction
                : null;
            if (stranger is not null)
            {
                WriteError(Errors.LabelNotListed(row.Number, stranger, labels));
            }

            return stranger is not null;
        });
    }
}
