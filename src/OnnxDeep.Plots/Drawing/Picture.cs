using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>Creates image files from drawings on a canvas.</summary>
internal static partial class Picture
{
    // Verdana has the same character widths as the embedded font, so labels keep their measured size.
    private const string Families = "font-family=\"DejaVu Sans, Verdana, sans-serif\"";

    // Cells of a heat map stay sharp and without gaps at any display size.
    private const string Style =
        "<style>rect { shape-rendering: crispEdges } image { image-rendering: pixelated }</style>";

    /// <summary>Draws a picture.</summary>
    /// <param name="options">The size of the picture.</param>
    /// <param name="format">PNG or SVG.</param>
    /// <param name="title">The title of an SVG for screen readers.</param>
    /// <param name="draw">Draws on a canvas of that size in pixels.</param>
    public static byte[] Draw(PlotOptions options, PlotFormat format, string title, Action<SKCanvas> draw)
    {
        if (format == PlotFormat.Svg)
        {
            return Finish(DrawSvg(options, draw), options, title);
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

    // Adds a view box, a title and fallback fonts to the picture.
    private static byte[] Finish(string svg, PlotOptions options, string title)
    {
        string root = string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
            + $"width=\"{options.Width}\" height=\"{options.Height}\" "
            + $"viewBox=\"0 0 {options.Width} {options.Height}\" role=\"img\">\n")
            + $"<title>{WebUtility.HtmlEncode(title)}</title>\n{Style}";
        svg = Root().Replace(svg, _ => root, 1);
        svg = svg.Replace("font-family=\"DejaVu Sans\"", Families, StringComparison.Ordinal);
        return System.Text.Encoding.UTF8.GetBytes(Renumber(svg));
    }

    // Skia numbers its ids over the lifetime of the process; the same picture must produce the same bytes.
    private static string Renumber(string svg)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match match in Identifier().Matches(svg))
        {
            names.TryAdd(match.Groups[1].Value, $"p{names.Count}");
        }

        return Reference().Replace(
            svg,
            match => names.TryGetValue(match.Groups[2].Value, out string? name)
                ? match.Groups[1].Value + name
                : match.Value);
    }

    [GeneratedRegex("\\bid=\"([^\"]+)\"")]
    private static partial Regex Identifier();

    [GeneratedRegex("(\\bid=\"|href=\"#|url\\(#)([^\")]+)")]
    private static partial Regex Reference();

    [GeneratedRegex("<svg [^>]*>")]
    private static partial Regex Root();
}
