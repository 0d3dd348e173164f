using OnnxDeep.Plots.Drawing;

using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>
/// A matrix as coloured cells, with row 0 at the top and the centre of cell (row, column) at (column, row).
/// </summary>
internal sealed class CellGrid(int rows, int columns, Func<int, int, SKColor> color, Func<int, int, string?> text)
    : IPlottable
{
    private const float LeastTextRoom = 30;
    private const float LeastGapRoom = 12;
    private const float LineHeight = 1.4f;
    private const float LeastTextSize = 12;

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
        float cellWidth = rp.DataRect.Width / columns;
        float cellHeight = rp.DataRect.Height / rows;
        float gapX = cellWidth >= LeastGapRoom ? 1 : 0;
        float gapY = cellHeight >= LeastGapRoom ? 1 : 0;
        using var paint = new SKPaint { IsAntialias = false };
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                // Rounded to whole pixels, so that there are no gaps between cells.
                var cell = new SKRect(
                    MathF.Round(rp.DataRect.Left + (column * cellWidth)),
                    MathF.Round(rp.DataRect.Top + (row * cellHeight)),
                    MathF.Round(rp.DataRect.Left + ((column + 1) * cellWidth)) - gapX,
                    MathF.Round(rp.DataRect.Top + ((row + 1) * cellHeight)) - gapY);
                if (cell.Width <= 0 || cell.Height <= 0)
                {
                    continue;
                }

                paint.Color = color(row, column);
                rp.Canvas.DrawRect(cell, paint);
                DrawText(rp.Canvas, cell, row, column, paint.Color);
            }
        }
    }

    private void DrawText(SKCanvas canvas, SKRect cell, int row, int column, SKColor ground)
    {
        if (cell.Width < LeastTextRoom || cell.Height < Figure.SmallSize + 4 || text(row, column) is not string lines)
        {
            return;
        }

        string[] parts = lines.Split('\n');
        int shown = Math.Clamp((int)(cell.Height / (LeastTextSize * LineHeight)), 1, parts.Length);
        float size = Math.Clamp(cell.Height / (shown * LineHeight * 1.4f), LeastTextSize, 30);
        while (size > 9 && parts.Any(part => Lettering.Measure(part, size) > cell.Width - 6))
        {
            size--;
        }

        for (int i = 0; i < shown; i++)
        {
            float y = cell.MidY + ((i - ((shown - 1) / 2f)) * size * LineHeight);
            Lettering.Draw(
                canvas,
                parts[i],
                cell.MidX,
                y,
                i == 0 ? size : size * 0.75f,
                Palette.TextOn(ground),
                SKTextAlign.Center);
        }
    }
}
