using System.Globalization;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>The bar that explains the colours of a heat map.</summary>
internal static class ColorScale
{
    /// <summary>The width of the bar and its numbers, in pixels.</summary>
    public const float Width = 92;

    private const float BarWidth = 18;
    private const int Steps = 64;

    /// <summary>Draws the bar from the smallest number at the bottom to the largest at the top.</summary>
    /// <param name="canvas">The canvas to draw on.</param>
    /// <param name="area">The left edge, top and bottom of the bar.</param>
    /// <param name="palette">The theme's colours.</param>
    /// <param name="color">Returns the colour at a position from 0 at the bottom to 1 at the top.</param>
    /// <param name="marks">The labels and their positions, from 0 to 1.</param>
    public static void Draw(
        SKCanvas canvas,
        SKRect area,
        Palette palette,
        Func<double, SKColor> color,
        IEnumerable<(double Share, string Text)> marks)
    {
        using var paint = new SKPaint { IsAntialias = false };
        for (int i = 0; i < Steps; i++)
        {
            paint.Color = color((i + 0.5) / Steps);
            float top = MathF.Round(area.Bottom - (area.Height * (i + 1) / Steps));
            float bottom = MathF.Round(area.Bottom - (area.Height * i / Steps));
            canvas.DrawRect(new SKRect(area.Left, top, area.Left + BarWidth, bottom), paint);
        }

        foreach ((double share, string text) in marks)
        {
            Lettering.Draw(
                canvas,
                text,
                area.Left + BarWidth + 8,
                (float)(area.Bottom - (area.Height * share)),
                Figure.SmallSize,
                palette.Faint);
        }
    }

    /// <summary>Formats a number that fits next to the bar.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        string format = size is >= 1e5 or (> 0 and < 1e-3) ? "0.#e+0"
            : size >= 100 ? "0"
            : size >= 10 ? "0.#"
            : size >= 1 ? "0.##"
            : "0.###";
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
