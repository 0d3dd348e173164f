using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>Text on a canvas, where ScottPlot has no place for it.</summary>
internal static class Lettering
{
    /// <summary>The width of a text in pixels.</summary>
    public static float Measure(string text, float size)
    {
        using SKFont font = Typefaces.Font(text, size);
        return font.MeasureText(text);
    }

    /// <summary>Draws a text whose middle in height is at y.</summary>
    public static void Draw(
        SKCanvas canvas, string text, float x, float y, float size, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        using SKFont font = Typefaces.Font(text, size);
        using var paint = new SKPaint { Color = color, IsAntialias = true };

        // Letters without a tail stand 0.73 of the size above the line; the middle of those is what looks centred.
        canvas.DrawText(text, x, y + (size * 0.365f), align, font, paint);
    }

    /// <summary>The text, cut and ended in … where it is wider than there is room.</summary>
    public static string Fit(string text, float size, float room)
    {
        if (Measure(text, size) <= room)
        {
            return text;
        }

        int length = text.Length;
        while (length > 1 && Measure(Cut(text, length), size) > room)
        {
            length--;
        }

        return Cut(text, length);
    }

    private static string Cut(string text, int length) =>
        text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd() + "…";
}
