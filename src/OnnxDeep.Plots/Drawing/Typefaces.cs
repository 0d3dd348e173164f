using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>
/// The font of all text: our own, so that pictures look alike everywhere and need no font of the system. Only writing
/// that it lacks, such as Chinese, comes from the system where that has it.
/// </summary>
internal sealed class Typefaces : IFontResolver
{
    /// <summary>The family's name.</summary>
    public const string Family = "DejaVu Sans";

    private static readonly Lazy<SKTypeface> s_own = new(Load);

    /// <summary>Our font.</summary>
    public static SKTypeface Own => s_own.Value;

    /// <summary>Makes ScottPlot know our font.</summary>
    public static void Register() => _ = Own;

    /// <summary>A font that has all of a text's characters, or ours where none has.</summary>
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

    /// <summary>A font of a size for a text.</summary>
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
                "The font in OnnxDeep.Plots.dll is damaged. Install the module again.");
        Fonts.FontResolvers.Insert(0, new Typefaces());
        Fonts.Default = Family;
        return typeface;
    }
}
