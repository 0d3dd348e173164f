using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>Creates image files from drawings on a canvas.</summary>
internal static class Picture
{
    /// <summary>Draws a picture.</summary>
    /// <param name="options">The size of the picture.</param>
    /// <param name="format">PNG or SVG.</param>
    /// <param name="title">The title of an SVG for screen readers.</param>
    /// <param name="draw">Draws on a canvas of that size in pixels.</param>
    public static byte[] Draw(PlotOptions options, PlotFormat format, string title, Action<SKCanvas> draw)
    {
        if (format == PlotFormat.Svg)
        {
            return SvgText.Finish(DrawSvg(options, draw), options, title);
        }

        using var surface = SKSurface.Create(
            new SKImageInfo(options.Width, options.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static string DrawSvg(PlotOptions options, Action<SKCanvas> draw)
    {
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(SKRect.Create(options.Width, options.Height), stream))
        {
            draw(canvas);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
