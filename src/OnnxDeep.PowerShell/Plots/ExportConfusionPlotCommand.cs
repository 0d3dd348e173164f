using System.Globalization;
using System.Management.Automation;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws a confusion matrix.</summary>
[Cmdlet(
    VerbsData.Export, "ConfusionPlot",
    DefaultParameterSetName = ObjectSet,
    SupportsShouldProcess = true,
    HelpUri = HelpUris.ExportConfusionPlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportConfusionPlotCommand : PlotCmdlet
{
    private const string ObjectSet = "InputObject";
    private const string MatrixSet = "Matrix";

    private ConfusionReader? _reader;

    /// <summary>Predictions with Truth and Label, or a result with Confusion and Labels properties.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ObjectSet, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = PSObject.AsPSObject(string.Empty);

    /// <summary>The counts, [truth, predicted].</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = MatrixSet)]
    [ValidateNotNull]
    public object Matrix { get; set; } = new int[0, 0];

    /// <summary>The classes, in the order of the matrix.</summary>
    [Parameter(Position = 2)]
    [ValidateNotNull]
    public string[]? Label { get; set; }

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    private ConfusionReader Reader => _reader ??= new ConfusionReader(Culture);

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName == ObjectSet)
        {
            Reader.Add(InputObject, Label);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd() =>
        Write(ParameterSetName == MatrixSet ? Reader.FromMatrix(Matrix, Label) : Reader.Build(Label));
}
