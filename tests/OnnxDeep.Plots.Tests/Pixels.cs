using OnnxDeep.Plots;

using SkiaSharp;

namespace OnnxDeep.Tests;

/// <summary>A decoded PNG.</summary>
internal sealed class Pixels(byte[] png)
{
    private readonly SKBitmap _bitmap = SKBitmap.Decode(png);

    public static Pixels Of(PlotData data, PlotOptions options) =>
        new(PlotRenderer.Render(data, options, PlotFormat.Png).Content.ToArray());

    public (int Width, int Height) Size => (_bitmap.Width, _bitmap.Height);

    public IReadOnlyList<SKColor> All => _bitmap.Pixels;

    public SKColor Corner => _bitmap.GetPixel(0, 0);

    public double Share(SKColor color) => (double)All.Count(pixel => pixel == color) / All.Count;
}
