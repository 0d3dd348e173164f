using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>A large matrix as a picture with one pixel per cell, stretched over the plot.</summary>
internal sealed class BitmapGrid(int rows, int columns, Func<int, int, SKColor> color) : IPlottable
{
    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => [];

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits() => new(-0.5, columns - 0.5, rows - 0.5, -0.5);

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        // At most one cell per pixel; a larger bitmap would not show more.
        int width = Math.Min(columns, (int)rp.DataRect.Width);
        int height = Math.Min(rows, (int)rp.DataRect.Height);
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, color((int)((long)y * rows / height), (int)((long)x * columns / width)));
            }
        }

        using var image = SKImage.FromBitmap(bitmap);
        rp.Canvas.DrawImage(
            image,
            new SKRect(rp.DataRect.Left, rp.DataRect.Top, rp.DataRect.Right, rp.DataRect.Bottom),
            new SKSamplingOptions(SKFilterMode.Nearest));
    }
}
