using System.Management.Automation;

using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>The base of the cmdlets that draw a picture: its size, theme and title.</summary>
public abstract class PlotCmdlet : FileCmdlet
{
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

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _format = PlotFormats.FromPath(Path);
        base.OnBegin();
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
        Write($"Draw '{Title ?? data.DefaultTitle}' as {_format}", () =>
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
        });
    }
}
