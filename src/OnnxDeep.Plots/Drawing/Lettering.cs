using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>
/// The font of all text, and text drawn directly on a canvas, outside ScottPlot's plots. The font is embedded, so
/// pictures look the same everywhere and need no system font. System fonts are used only for characters that it
/// lacks, such as Chinese.
/// </summary>
internal sealed class Lettering : IFontResolver
{
    /// <summary>The name of the font family.</summary>
    public const string Family = "DejaVu Sans";

    private static readonly Lazy<SKTypeface> s_own = new(Load);

    /// <summary>The embedded font.</summary>
    public static SKTypeface Own => s_own.Value;

    /// <summary>Registers the embedded font with ScottPlot.</summary>
    public static void Register() => _ = Own;

    /// <summary>Returns a font with all characters of a text; the embedded font if there is none.</summary>
    public static SKTypeface Find(string text)
    {
        foreach (System.Text.Rune rune in text.EnumerateRunes())
        {
            if (!Own.ContainsGlyph(rune.Value) && SKFontManager.Default.MatchCharacter(rune.Value) is SKTypeface other)
            {
                return other;
            }
        }

        return Own;
    }

    /// <summary>Creates a font for a text with the specified size.</summary>
    private static SKFont Font(string text, float size) => new(Find(text), size) { Subpixel = true };

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? Own : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, false, false);

    /// <summary>Returns the width of a text in pixels.</summary>
    public static float Measure(string text, float size)
    {
        text = ShownText.Value(text);
        using SKFont font = Font(text, size);
        return font.MeasureText(text);
    }

    /// <summary>Draws a text that is vertically centred at y.</summary>
    public static void Draw(
        SKCanvas canvas, string text, float x, float y, float size, SKColor color, SKTextAlign align = SKTextAlign.Left)
    {
        text = ShownText.Value(text);
        using SKFont font = Font(text, size);
        using var paint = new SKPaint { Color = color, IsAntialias = true };

        // Letters without a descender are 0.73 of the font size high; text looks centred if these are.
        canvas.DrawText(text, x, y + (size * 0.365f), align, font, paint);
    }

    /// <summary>Returns the text, truncated with … if it is wider than the available space.</summary>
    public static string Fit(string text, float size, float room)
    {
        text = ShownText.Value(text);
        if (Measure(text, size) <= room)
        {
            return text;
        }

        int fits = 1;
        for (int most = text.Length; fits < most;)
        {
            int middle = (fits + most + 1) / 2;
            if (Measure(Cut(text, middle), size) > room)
            {
                most = middle - 1;
            }
            else
            {
                fits = middle;
            }
        }

        return Cut(text, fits);
    }

    private static SKTypeface Load()
    {
        using Stream stream = typeof(Lettering).Assembly.GetManifestResourceStream("OnnxDeep.Plots.DejaVuSans.ttf")!;
        using var data = SKData.Create(stream);
        SKTypeface typeface = SKTypeface.FromData(data)
            ?? throw new InvalidOperationException(
                "The font in OnnxDeep.Plots.dll is damaged. Reinstall the module.");
        Fonts.FontResolvers.Insert(0, new Lettering());
        Fonts.Default = Family;
        return typeface;
    }

    private static string Cut(string text, int length) =>
        text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd() + "…";
}
