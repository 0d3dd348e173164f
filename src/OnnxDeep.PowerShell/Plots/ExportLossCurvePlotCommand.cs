using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws the squared error with a tangent, and a regression line with its residuals.</summary>
[Cmdlet(VerbsData.Export, "LossCurvePlot", SupportsShouldProcess = true, HelpUri = HelpUris.ExportLossCurvePlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportLossCurvePlotCommand : PlotCmdlet
{
    private const double Farthest = 1e6;

    /// <summary>The true output y.</summary>
    [Parameter]
    [ValidateRange(-Farthest, Farthest)]
    [NumberTransformation]
    public double Truth { get; set; } = 1;

    /// <summary>The prediction at which the tangent is drawn.</summary>
    [Parameter]
    [ValidateRange(-Farthest, Farthest)]
    [NumberTransformation]
    public double At { get; set; } = 3;

    /// <summary>The x-coordinates of the points of the regression.</summary>
    [Parameter]
    public PSObject[]? X { get; set; }

    /// <summary>The y-coordinates of the points.</summary>
    [Parameter]
    public PSObject[]? Y { get; set; }

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnEnd() => Write(LossCurvePlot.Create(Truth, At, Read(nameof(X), X), Read(nameof(Y), Y)));

    private double[]? Read(string name, PSObject[]? values) =>
        values is null ? null : new NumberArguments(name, Culture).ReadColumn(values);
}
