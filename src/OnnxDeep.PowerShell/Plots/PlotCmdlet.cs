using System.Management.Automation;

using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>The base class of the cmdlets that draw a picture: provides its file, size, theme and title.</summary>
public abstract class PlotCmdlet : OnnxDeepCmdlet
{
    private OutputFile? _file;
    private bool _isDrawn;

    // The import loads the assembly of each field that is an enum, and that of the pictures is rarely needed.
    private object? _theme;

    /// <summary>The width in pixels.</summary>
    [Parameter]
    [ValidateRange(PlotOptions.LeastSize, PlotOptions.GreatestSize)]
    [NumberTransformation]
    public int Width { get; set; } = 960;

    /// <summary>The height in pixels.</summary>
    [Parameter]
    [ValidateRange(PlotOptions.LeastSize, PlotOptions.GreatestSize)]
    [NumberTransformation]
    public int Height { get; set; } = 640;

    /// <summary>The theme: dark on white, or light on near-black.</summary>
    [Parameter]
    [FlatTransformation]
    public PlotTheme Theme
    {
        get => _theme is PlotTheme theme ? theme : default;
        set => _theme = value;
    }

    /// <summary>The title above the picture; an empty string omits it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0), FileCompleter(".svg", ".png"), ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Prevents an existing file from being overwritten.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _ = PlotFormats.FromPath(Path);
        _file = new OutputFile(this, Path, NoClobber);
    }

    /// <summary>Reads a model; ends the command if it has no dense layers.</summary>
    private protected (OnnxModelFile File, IReadOnlyList<DenseLayerInfo> Layers) ReadDenseModel(string nameOrPath)
    {
        string path = ResolveModel(nameOrPath);
        (OnnxModelFile file, IReadOnlyList<DenseLayerInfo> layers) = Wait(() =>
        {
            var model = OnnxModelFile.Load(path);
            return (model, model.GetDenseLayers());
        });
        if (layers.Count == 0)
        {
            ThrowTerminatingError(Errors.NoDenseLayers(file.Path));
        }

        return (file, layers);
    }

    /// <summary>Says what the picture has no room for, and what to do.</summary>
    private protected virtual string DescribeLeftOut(int count) =>
        FormattableString.Invariant($"{count:N0} {(count == 1 ? "point has" : "points have")} no label, ")
        + "because there is no room for more. Use fewer words, or increase -Width and -Height.";

    /// <summary>Draws the picture and writes the file.</summary>
    /// <exception cref="OnnxDeepException">The command has already written a picture.</exception>
    private protected void Write(PlotData data)
    {
        if (_isDrawn)
        {
            throw new OnnxDeepException(
                ErrorIds.PlotPathTaken,
                $"The picture '{Path}' has already been written, and a second input would overwrite it. "
                + "Use a different path for each input, such as ForEach-Object { … \"$($_.Name).png\" }.");
        }

        _isDrawn = true;
        PlotFormat format = PlotFormats.FromPath(Path);
        var options = new PlotOptions { Width = Width, Height = Height, Theme = Theme, Title = Title };
        _file!.Write($"Draw '{Title ?? data.DefaultTitle}' as {format}", () =>
        {
            RenderedPlot plot = Pictures.Render(data, options, format);
            if (plot.LabelsLeftOut > 0)
            {
                WriteWarning(DescribeLeftOut(plot.LabelsLeftOut));
            }

            return plot.Content;
        }, Stop);
    }
}
