using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>A line through points, solid or dashed.</summary>
internal sealed class Curve(
    IReadOnlyList<Coordinates> points, SKColor color, float width, bool isDashed, bool hasMarkers) : IPlottable
{
    private const float MarkerRadius = 3;

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => [];

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits() => new(
        points.Min(point => point.X),
        points.Max(point => point.X),
        points.Min(point => point.Y),
        points.Max(point => point.Y));

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        using var path = new SKPath();
        using var marker = new SKPaint { Color = color, IsAntialias = true };
        for (int i = 0; i < points.Count; i++)
        {
            Pixel pixel = Axes.GetPixel(points[i]);
            if (i == 0)
            {
                path.MoveTo(pixel.X, pixel.Y);
            }
            else
            {
                path.LineTo(pixel.X, pixel.Y);
            }

            if (hasMarkers)
            {
                rp.Canvas.DrawCircle(pixel.X, pixel.Y, MarkerRadius, marker);
            }
        }

        Shapes.DrawLine(rp.Canvas, path, color, width, isDashed);
    }
}
