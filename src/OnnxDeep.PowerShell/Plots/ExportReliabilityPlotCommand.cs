using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Classifiers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws how reliable the probabilities of a classifier are.</summary>
[Cmdlet(VerbsData.Export, "ReliabilityPlot", SupportsShouldProcess = true, HelpUri = HelpUris.ExportReliabilityPlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportReliabilityPlotCommand : PlotCmdlet
{
    private ClassificationRows? _rows;
    private ReliabilityReader? _reader;

    // The import loads the assembly of each field of a type of the pictures.
    private object? _plot;

    /// <summary>A result with Reliability, or rows with Truth and Probability or Scores.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = PSObject.AsPSObject(string.Empty);

    /// <inheritdoc cref="MeasureClassificationCommand.Prediction"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Prediction { get; set; }

    /// <inheritdoc cref="MeasureClassificationCommand.Truth"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Truth { get; set; }

    /// <inheritdoc cref="MeasureClassificationCommand.Probability"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Probability { get; set; }

    /// <inheritdoc cref="MeasureClassificationCommand.ProbabilityOf"/>
    [Parameter]
    [FlatTransformation]
    public ProbabilityMeaning? ProbabilityOf { get; set; }

    /// <inheritdoc cref="MeasureClassificationCommand.PositiveLabel"/>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PositiveLabel { get; set; }

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _reader = new ReliabilityReader(Culture);
        _rows = new ClassificationRows(
            this, new ClassificationRowReader(Prediction, Truth, Probability, isPredictionNeeded: false, Culture));
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (_reader!.Find(InputObject) is not ReliabilityPlot plot)
        {
            Attempt(InputObject, () => _rows!.Add(InputObject));
            return;
        }

        _plot = _plot is null ? plot : throw Invalid(
            "The input contains more than one result, but a picture shows only one. "
            + "Run the command once for each result, with a different -Path.");
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        _rows!.RemoveUnknown(null);
        if (_plot is ReliabilityPlot plot)
        {
            Write(plot);
        }
        else
        {
            Write(Measure(_rows.Valid));
        }
    }

    private ReliabilityPlot Measure(List<ClassificationRow> rows)
    {
        if (rows.Count == 0)
        {
            throw Invalid(
                "There are no probabilities to draw. Use the result of a training or of Measure-Classification, or "
                + "rows with the property Truth and Probability or Scores.");
        }

        var builder = new ClassificationBuilder(rows, null, PositiveLabel, ProbabilityOf, null, Stop);
        if (builder.Check() is ErrorRecord error)
        {
            ThrowTerminatingError(error);
        }

        return builder.Score() is { } scores
            ? new ReliabilityPlot(scores.Reliability, builder.PositiveLabel)
            : throw Invalid(builder.Warnings.FirstOrDefault("The rows have no probabilities. Add them."));
    }

    private static OnnxDeepException Invalid(string message) => new(ErrorIds.ReliabilityInvalid, message);
}
