using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>Draws text directly on a canvas, outside ScottPlot's plots.</summary>
internal static class Lettering
{
    /// <summary>Returns the width of a text in pixels.</summary>
    public static float Measure(string text, float size)
    {
        using SKFont font = Typefaces.Font(text, size);
        return font.MeasureText(text);
    }

    /// <summary>Draws a text that is vertically centred at y.</summary>
    public static void Draw(
        SKCanvas canvas, string text, float x, float y, float size, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        using SKFont font = Typefaces.Font(text, size);
        using var paint = new SKPaint { Color = color, IsAntialias = true };

        // Letters without a descender are 0.73 of the font size high; text looks centred if these are.
        canvas.DrawText(text, x, y + (size * 0.365f), align, font, paint);
    }

    /// <summary>Returns the text, truncated with … if it is wider than the available space.</summary>
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
