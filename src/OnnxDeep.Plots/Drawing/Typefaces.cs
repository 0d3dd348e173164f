using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>
/// The font of all text. It is embedded, so pictures look the same everywhere and need no system font. System fonts are
/// used only for characters that it lacks, such as Chinese.
/// </summary>
internal sealed class Typefaces : IFontResolver
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
    public static SKFont Font(string text, float size) => new(Find(text), size) { Subpixel = true };

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName == Family ? Own : null;

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, false, false);

    private static SKTypeface Load()
    {
        using Stream stream = typeof(Typefaces).Assembly.GetManifestResourceStream("OnnxDeep.Plots.DejaVuSans.ttf")!;
        using var data = SKData.Create(stream);
        SKTypeface typeface = SKTypeface.FromData(data)
            ?? throw new InvalidOperationException(
                "The font in OnnxDeep.Plots.dll is damaged. Reinstall the module.");
        Fonts.FontResolvers.Insert(0, new Typefaces());
        Fonts.Default = Family;
        return typeface;
    }
}
