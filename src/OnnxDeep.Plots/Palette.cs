using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots;

/// <summary>
/// The colours of a theme. Classes use the colours of Okabe and Ito, which are distinguishable with any kind of colour
/// vision, in the order of contrast to the background.
/// </summary>
internal sealed record Palette
{
    private static readonly Palette s_light = new()
    {
        Ground = SKColors.White,
        Text = new SKColor(0xFF1F2328),
        Faint = new SKColor(0xFF59636E),
        Grid = new SKColor(0xFFE4E7EB),
        Series = [0xFF0072B2, 0xFFD55E00, 0xFF009E73, 0xFFCC79A7, 0xFF9A6A00, 0xFF56B4E9, 0xFF000000],
        Middle = new SKColor(0xFFF4F4F2),
        Positive = new SKColor(0xFF00508A),
        Negative = new SKColor(0xFFB84A00),
        Residual = new SKColor(0xFFCC1F1A),
    };

    private static readonly Palette s_dark = new()
    {
        Ground = new SKColor(0xFF15191E),
        Text = new SKColor(0xFFE6E9EC),
        Faint = new SKColor(0xFFA3ACB5),
        Grid = new SKColor(0xFF2C333A),
        Series = [0xFF56B4E9, 0xFFE69F00, 0xFF009E73, 0xFFCC79A7, 0xFFF0E442, 0xFFE8743B, 0xFFFFFFFF],
        Middle = new SKColor(0xFF23292F),
        Positive = new SKColor(0xFF6CC4F5),
        Negative = new SKColor(0xFFF5A83C),
        Residual = new SKColor(0xFFFF6B5E),
    };

    /// <summary>The background.</summary>
    public required SKColor Ground { get; init; }

    /// <summary>Titles, labels and important lines.</summary>
    public required SKColor Text { get; init; }

    /// <summary>Axis numbers and notes.</summary>
    public required SKColor Faint { get; init; }

    /// <summary>Grid lines.</summary>
    public required SKColor Grid { get; init; }

    /// <summary>Classes and curves, as ARGB; <see cref="SeriesColor"/> repeats them after the last.</summary>
    public required IReadOnlyList<uint> Series { get; init; }

    /// <summary>Zero in heat maps.</summary>
    public required SKColor Middle { get; init; }

    /// <summary>The largest number in heat maps.</summary>
    public required SKColor Positive { get; init; }

    /// <summary>The smallest number, below zero, in heat maps.</summary>
    public required SKColor Negative { get; init; }

    /// <summary>
    /// Residuals and the tangent: a red that differs from the blue of points in every kind of colour vision.
    /// </summary>
    public required SKColor Residual { get; init; }

    /// <summary>Returns the colours of a theme.</summary>
    public static Palette Of(PlotTheme theme) => theme == PlotTheme.Dark ? s_dark : s_light;

    /// <summary>Returns the colour of a class or curve.</summary>
    public SKColor SeriesColor(int index) => new(Series[index % Series.Count]);

    /// <summary>
    /// Returns a colour from <see cref="Negative"/> at -1 through <see cref="Middle"/> at 0 to <see cref="Positive"/>
    /// at 1.
    /// </summary>
    public SKColor Diverging(double value) => Mix(Middle, value < 0 ? Negative : Positive, Math.Abs(value));

    /// <summary>
    /// Returns black or white, whichever is readable on a colour: one of them always has a contrast of at least 4.5.
    /// </summary>
    public static SKColor TextOn(SKColor ground) =>
        Contrast(Luminance(ground), 0) >= Contrast(Luminance(ground), 1) ? SKColors.Black : SKColors.White;

    /// <summary>Interpolates between two colours.</summary>
    /// <param name="from">The colour at 0.</param>
    /// <param name="to">The colour at 1.</param>
    /// <param name="share">The position, clamped to 0 to 1.</param>
    public static SKColor Mix(SKColor from, SKColor to, double share)
    {
        share = Math.Clamp(share, 0, 1);
        byte Channel(byte a, byte b) => (byte)Math.Round(a + ((b - a) * share));
        return new SKColor(Channel(from.Red, to.Red), Channel(from.Green, to.Green), Channel(from.Blue, to.Blue));
    }

    /// <summary>Converts a colour to ScottPlot's type.</summary>
    public static Color ToScottPlot(SKColor color) => Color.FromARGB((uint)color);

    // WCAG 2, relative luminance and contrast ratio.
    private static double Luminance(SKColor color)
    {
        static double Linear(byte channel)
        {
            double c = channel / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));
    }

    private static double Contrast(double a, double b) => (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
}
