using System.Management.Automation;

using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>The base of the cmdlets that draw a picture: its file, size, theme and title.</summary>
public abstract class PlotCmdlet : OnnxDeepCmdlet
{
    private OutputFile? _file;
    private PlotFormat _format;
    private bool _isDrawn;

    /// <summary>In pixels.</summary>
    [Parameter]
    [ValidateRange(PlotOptions.LeastSize, PlotOptions.GreatestSize)]
    public int Width { get; set; } = 960;

    /// <summary>In pixels.</summary>
    [Parameter]
    [ValidateRange(PlotOptions.LeastSize, PlotOptions.GreatestSize)]
    public int Height { get; set; } = 640;

    /// <summary>Dark on white, or light on near black.</summary>
    [Parameter]
    public PlotTheme Theme { get; set; }

    /// <summary>The line above the picture; none where empty.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0), ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Leaves a file that is there already as it is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _format = PlotFormats.FromPath(Path);
        _file = new OutputFile(this, Path, NoClobber);
    }

    /// <summary>Reads a model that has dense layers; one without ends the command.</summary>
    private protected (OnnxModelFile File, IReadOnlyList<DenseLayerInfo> Layers) ReadDenseModel(string nameOrPath)
    {
        OnnxModelFile file = OnnxModelFile.Load(ResolveModel(nameOrPath));
        IReadOnlyList<DenseLayerInfo> layers = file.GetDenseLayers();
        if (layers.Count == 0)
        {
            ThrowTerminatingError(Errors.NoDenseLayers(file.Path));
        }

        return (file, layers);
    }

    /// <summary>Draws the picture and writes it.</summary>
    /// <exception cref="OnnxDeepException">There was one before: the second would take its place.</exception>
    private protected void Write(PlotData data)
    {
        if (_isDrawn)
        {
            throw new OnnxDeepException(
                ErrorIds.PlotPathTaken,
                $"'{Path}' has been drawn, and a second picture would take its place. "
                + "Give one input, or a path to each, such as ForEach-Object { … \"$($_.Name).png\" }.");
        }

        _isDrawn = true;
        var options = new PlotOptions { Width = Width, Height = Height, Theme = Theme, Title = Title };
        _file!.Write($"Draw '{Title ?? data.DefaultTitle}' as {_format}", () =>
        {
            RenderedPlot plot = Pictures.Render(data, options, _format);
            if (plot.LabelsLeftOut > 0)
            {
                WriteWarning(
                    FormattableString.Invariant($"{plot.LabelsLeftOut:N0} ")
                    + $"{(plot.LabelsLeftOut == 1 ? "point has" : "points have")} no label, "
                    + "since there was no room beside the others. "
                    + "Give fewer words, or a larger -Width and -Height.");
            }

            return plot.Content;
        }, Stop);
    }
}
