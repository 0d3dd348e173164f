using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>The page that a picture is drawn on: background, title and legend, and the body below them.</summary>
internal sealed class Figure
{
    /// <summary>The font size of the title.</summary>
    public const float TitleSize = 21;

    /// <summary>The font size of legends and axis titles.</summary>
    public const float LabelSize = 16;

    /// <summary>The font size of axis numbers and notes.</summary>
    public const float SmallSize = 14;

    private const float Margin = 16;
    private const float LegendHeight = 28;
    private const float SampleWidth = 28;
    private const float EntryGap = 26;

    /// <summary>Draws the background, title and legend.</summary>
    public Figure(SKCanvas canvas, PlotOptions options, string title, IReadOnlyList<LegendEntry>? legend = null)
    {
        Canvas = canvas;
        Palette = Palette.Of(options.Theme);

        // A rectangle, because Skia's SVG canvas ignores Clear.
        using (var ground = new SKPaint { Color = Palette.Ground })
        {
            canvas.DrawRect(0, 0, options.Width, options.Height, ground);
        }

        float y = Margin;
        float room = options.Width - (2 * Margin);
        if (title.Length > 0)
        {
            float size = TitleSize;
            while (size > SmallSize && Lettering.Measure(title, size) > room)
            {
                size--;
            }

            Lettering.Draw(canvas, Lettering.Fit(title, size, room), Margin, y + (TitleSize / 2), size, Palette.Text);
            y += TitleSize + 12;
        }

        y = DrawLegend(legend ?? [], y, options.Width - Margin);
        Body = new PixelRect(Margin / 2, options.Width - (Margin / 2), options.Height - (Margin / 2), y);
    }

    /// <summary>The canvas to draw on.</summary>
    public SKCanvas Canvas { get; }

    /// <summary>The theme's colours.</summary>
    public Palette Palette { get; }

    /// <summary>The area below the title and legend.</summary>
    public PixelRect Body { get; }

    /// <summary>Creates an empty plot with the theme's colours and the font sizes of this class.</summary>
    public Plot CreatePlot(string xLabel, string yLabel)
    {
        var plot = new Plot();

        // A plot covers only a part of the page and must not clear the rest.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        Color text = Palette.ToScottPlot(Palette.Text);
        Color faint = Palette.ToScottPlot(Palette.Faint);
        plot.FigureBackground.Color = Palette.ToScottPlot(Palette.Ground);
        plot.DataBackground.Color = Palette.ToScottPlot(Palette.Ground);
        plot.Grid.MajorLineColor = Palette.ToScottPlot(Palette.Grid);
        plot.Axes.Color(faint);
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Bottom.Label.Text = xLabel;
        plot.Axes.Left.Label.Text = yLabel;
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.Label.FontName = Lettering.Family;
            axis.Label.FontSize = LabelSize;
            axis.Label.ForeColor = text;
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontName = Lettering.Family;
            axis.TickLabelStyle.FontSize = SmallSize;
            axis.TickLabelStyle.ForeColor = faint;
            axis.MinorTickStyle.Length = 0;
        }

        return plot;
    }

    private float DrawLegend(IReadOnlyList<LegendEntry> entries, float y, float right)
    {
        float x = Margin;
        foreach (LegendEntry entry in entries)
        {
            string text = Lettering.Fit(entry.Text, LabelSize, right - Margin - SampleWidth - 8);
            float width = SampleWidth + 8 + Lettering.Measure(text, LabelSize);
            if (x > Margin && x + width > right)
            {
                x = Margin;
                y += LegendHeight;
            }

            float middle = y + (LabelSize / 2);
            DrawSample(entry, x, middle);
            Lettering.Draw(Canvas, text, x + SampleWidth + 8, middle, LabelSize, Palette.Text);
            x += width + EntryGap;
        }

        return entries.Count > 0 ? y + LegendHeight : y;
    }

    private void DrawSample(LegendEntry entry, float x, float y)
    {
        if (entry.Marker is int marker)
        {
            Shapes.DrawMarker(Canvas, marker, x + SampleWidth - Shapes.Radius - 4, y, entry.Color, Palette.Ground);
            return;
        }

        using var path = new SKPath();
        path.MoveTo(x, y);
        path.LineTo(x + SampleWidth, y);
        Shapes.DrawLine(Canvas, path, entry.Color, 3, entry.IsDashed);
    }
}

/// <summary>An entry of the legend above the picture.</summary>
/// <param name="Text">The label.</param>
/// <param name="Color">The colour of the line or marker.</param>
/// <param name="Marker">The index of the marker; null for a line.</param>
/// <param name="IsDashed">Whether the line is dashed.</param>
internal sealed record LegendEntry(string Text, SKColor Color, int? Marker = null, bool IsDashed = false);
