using System.Management.Automation;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws the loss and accuracy of each training epoch.</summary>
[Cmdlet(VerbsData.Export, "LossPlot", SupportsShouldProcess = true, HelpUri = HelpUris.ExportLossPlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLossPlotCommand : PlotCmdlet
{
    private readonly HistoryReader _reader = new();

    /// <summary>A training result or history, or a row for each epoch.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("InputObject")]
    public PSObject[] History { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (PSObject item in History)
        {
            _reader.Add(item);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd() => Write(_reader.Build());
}
