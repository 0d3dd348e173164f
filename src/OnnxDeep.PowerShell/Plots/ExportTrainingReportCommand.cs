using System.Globalization;
using System.Management.Automation;
using OnnxDeep.Plots.Reports;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Writes the results of a training as an HTML page.</summary>
[Cmdlet(VerbsData.Export, "TrainingReport", SupportsShouldProcess = true, HelpUri = HelpUris.ExportTrainingReport)]
[OutputType(typeof(FileInfo))]
public sealed class ExportTrainingReportCommand : OnnxDeepCmdlet
{
    private OutputFile? _file;
    private bool _isWritten;

    /// <summary>The result of a training.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = PSObject.AsPSObject(string.Empty);

    /// <summary>The heading.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <inheritdoc cref="PlotCmdlet.Path"/>
    [Parameter(Mandatory = true, Position = 0), FileCompleter(".html", ".htm"), ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc cref="PlotCmdlet.NoClobber"/>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (System.IO.Path.GetExtension(Path).ToUpperInvariant() is not (".HTML" or ".HTM"))
        {
            ThrowTerminatingError(Errors.ReportFormatUnknown(Path));
        }

        _file = new OutputFile(this, Path, NoClobber);
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (_isWritten)
        {
            throw new OnnxDeepException(
                ErrorIds.PlotPathTaken,
                $"The report '{Path}' has already been written, and a second result would overwrite it. "
                + "Run the command once for each result, with a different -Path.");
        }

        _isWritten = true;
        TrainingReport report = ReportReader.Read(InputObject, Culture);
        report = Title is null ? report : report with { Title = Title };
        _file!.Write($"Write '{report.Title}'", () => Pictures.WritePage(report), Stop);
    }
}
