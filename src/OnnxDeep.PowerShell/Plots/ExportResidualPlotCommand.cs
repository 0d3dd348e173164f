using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws the residuals of predicted numbers, and the true numbers over the predicted ones.</summary>
[Cmdlet(VerbsData.Export, "ResidualPlot", SupportsShouldProcess = true, HelpUri = HelpUris.ExportResidualPlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportResidualPlotCommand : PlotCmdlet
{
    private PredictionReader? _reader;

    /// <summary>An object with a Residuals property, or rows with a prediction and the true value.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>The property of the rows that contains the prediction.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] PredictedProperty { get; set; } = PredictionReader.PredictedNames;

    /// <summary>The property of the rows that contains the true value.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ActualProperty { get; set; } = PredictionReader.ActualNames;

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    private PredictionReader Reader => _reader ??= new PredictionReader(this, Culture)
    {
        PredictedProperty = PredictedProperty,
        ActualProperty = ActualProperty,
    };

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (PSObject item in InputObject)
        {
            Stop.ThrowIfCancellationRequested();
            Attempt(item, () => Add(item));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (Reader.Complete())
        {
            Write(ResidualPlot.Create(Reader.Predicted, Reader.Actual));
        }
    }

    private void Add(PSObject item)
    {
        if (RowProperties.FindValue(item, "Residuals") is not object rows)
        {
            Reader.Add(item);
            return;
        }

        foreach (PSObject row in RowProperties.Enumerate(rows))
        {
            Stop.ThrowIfCancellationRequested();
            Reader.Add(row);
        }
    }
}
