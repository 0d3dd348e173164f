using System.Globalization;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>The bar that tells what a heat map's colours mean.</summary>
internal static class ColorScale
{
    /// <summary>The room that bar and numbers take, in pixels.</summary>
    public const float Width = 92;

    private const float BarWidth = 18;
    private const int Steps = 64;

    /// <summary>Draws the bar from the least number at the bottom to the greatest on top.</summary>
    /// <param name="canvas">Where to.</param>
    /// <param name="area">Left edge, top and bottom of the bar.</param>
    /// <param name="palette">The theme's colours.</param>
    /// <param name="color">The colour at a share, 0 at the bottom and 1 on top.</param>
    /// <param name="marks">Numbers and the share that each stands at.</param>
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

    /// <summary>A number short enough for the scale.</summary>
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
