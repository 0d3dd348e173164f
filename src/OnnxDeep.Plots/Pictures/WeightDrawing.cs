using OnnxDeep.Plots.Drawing;

using ScottPlot;
using ScottPlot.TickGenerators;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>
/// Draws a layer's weights with a row for each unit and a column for each input; zero has the middle colour.
/// </summary>
internal static class WeightDrawing
{
    // Above this, numbers in cells and separate rectangles would not be recognizable.
    private const int MostCells = 1 << 16;

    /// <summary>Draws the picture.</summary>
    public static void Draw(WeightPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        var figure = new Figure(canvas, options, title);
        Palette palette = figure.Palette;
        int rows = data.Layer.Units;
        int columns = data.Layer.Inputs;
        double extent = data.Extent;
        SKColor Color(int row, int column)
        {
            float weight = data.Layer.Weights[column, row];
            return float.IsFinite(weight) ? palette.Diverging(weight / extent) : palette.Faint;
        }

        Plot plot = figure.CreatePlot("input", "unit");
        plot.HideGrid();
        if ((long)rows * columns <= MostCells)
        {
            plot.Add.Plottable(new CellGrid(
                rows, columns, Color, (row, column) => ColorScale.Number(data.Layer.Weights[column, row])));
        }
        else
        {
            plot.Add.Plottable(new BitmapGrid(rows, columns, Color));
        }

        plot.Axes.SetLimits(-0.5, columns - 0.5, rows - 0.5, -0.5);
        plot.Axes.Bottom.TickGenerator = Ticks(columns);
        plot.Axes.Left.TickGenerator = Ticks(rows);
        PixelRect body = figure.Body;
        const float Top = 10;
        const float Bottom = 62;
        plot.Layout.Fixed(new PixelPadding(76, 12, Bottom, Top));
        plot.Render(canvas, new PixelRect(body.Left, body.Right - ColorScale.Width, body.Bottom, body.Top));
        ColorScale.Draw(
            canvas,
            new SKRect(body.Right - ColorScale.Width, body.Top + Top, body.Right, body.Bottom - Bottom),
            palette,
            share => palette.Diverging((2 * share) - 1),
            [
                (0, ColorScale.Number(-extent)),
                (0.25, ColorScale.Number(-extent / 2)),
                (0.5, "0"),
                (0.75, ColorScale.Number(extent / 2)),
                (1, ColorScale.Number(extent)),
            ]);
    }

    private static ITickGenerator Ticks(int count) => count <= 24
        ? new NumericManual(
            [.. Enumerable.Range(0, count).Select(i => (double)i)], [.. Enumerable.Range(0, count).Select(i => $"{i}")])
        : new NumericAutomatic { IntegerTicksOnly = true };

    /// <summary>A large matrix as a picture with one pixel per cell, stretched over the plot.</summary>
    private sealed class BitmapGrid(int rows, int columns, Func<int, int, SKColor> color) : IPlottable
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
}
