using System.Globalization;
using System.Management.Automation;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws the loss and accuracy of each training epoch.</summary>
[Cmdlet(VerbsData.Export, "LossPlot", SupportsShouldProcess = true, HelpUri = HelpUris.ExportLossPlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLossPlotCommand : PlotCmdlet
{
    private HistoryReader? _reader;

    /// <summary>A training result or history, or a row for each epoch.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("InputObject")]
    public PSObject[] History { get; set; } = [];

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        _reader ??= new HistoryReader(Culture);
        foreach (PSObject item in History)
        {
            _reader.Add(item);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd() => Write((_reader ?? new HistoryReader(Culture)).Build());
}
