using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace OnnxDeep.Plots.Drawing;

/// <summary>Finishes what Skia writes as SVG.</summary>
internal static partial class SvgText
{
    // Verdana has the same widths as our font, so that labels stay where they were measured.
    private const string Families = "font-family=\"DejaVu Sans, Verdana, sans-serif\"";

    // Cells of a heat map are to stay cells, with no seams, whatever size the picture is shown at.
    private const string Style =
        "<style>rect { shape-rendering: crispEdges } image { image-rendering: pixelated }</style>";

    /// <summary>Gives the picture a view box, a title and fonts to fall back to.</summary>
    public static byte[] Finish(string svg, PlotOptions options, string title)
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

    // Skia counts the names of its parts over the life of the process; the same picture is to give the same bytes.
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
