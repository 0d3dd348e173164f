using System.Globalization;
using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.Documents;

/// <summary>The colors of the web pages have the contrast that WCAG 2.2 requires at level AA.</summary>
public sealed partial class PageContrastTests
{
    private const double Text = 4.5;
    private const double Control = 3;

    [Theory]
    [InlineData("text", "page", Text)]
    [InlineData("text", "card", Text)]
    [InlineData("faint", "page", Text)]
    [InlineData("faint", "card", Text)]
    [InlineData("food", "page", Text)]
    [InlineData("food", "food-back", Text)]
    [InlineData("other", "other-back", Text)]
    [InlineData("unknown", "unknown-back", Text)]
    [InlineData("unknown", "page", Text)]
    [InlineData("food", "track", Control)]
    [InlineData("other", "track", Control)]
    [InlineData("edge", "card", Control)]
    [InlineData("edge", "page", Control)]
    public void BrowserExampleIsReadable(string color, string ground, double least)
    {
        string style = File.ReadAllText(Path.Combine(Repository.Root, "examples", "browser", "style.css"));
        Dictionary<string, (string Light, string Dark)> colors = Pair().Matches(style).ToDictionary(
            match => match.Groups["name"].Value,
            match => (match.Groups["light"].Value, match.Groups["dark"].Value));

        Assert.InRange(Contrast(colors[color].Light, colors[ground].Light), least, 21);
        Assert.InRange(Contrast(colors[color].Dark, colors[ground].Dark), least, 21);
    }

    [Theory]
    [InlineData("text", "ground", Text)]
    [InlineData("text", "panel", Text)]
    [InlineData("faint", "ground", Text)]
    [InlineData("accent", "ground", Control)]
    public void TrainingReportIsReadable(string color, string ground, double least)
    {
        string style = File.ReadAllText(
            Path.Combine(Repository.Root, "src", "OnnxDeep.Plots", "Reports", "TrainingReport.css"));
        ILookup<string, string> colors = Single().Matches(style)
            .ToLookup(match => match.Groups["name"].Value, match => match.Groups["color"].Value);

        Assert.Equal(2, colors[color].Count());
        Assert.All(
            colors[color].Zip(colors[ground]),
            pair => Assert.InRange(Contrast(pair.First, pair.Second), least, 21));
    }

    private static double Contrast(string first, string second)
    {
        double[] luminances = [Luminance(first), Luminance(second)];
        return (luminances.Max() + 0.05) / (luminances.Min() + 0.05);
    }

    // WCAG 2.2, relative luminance.
    private static double Luminance(string color)
    {
        double[] channels =
        [
            .. color.Chunk(2)
                .Select(digits => int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
                .Select(share => share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4)),
        ];
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }

    [GeneratedRegex("--(?<name>[a-z-]+): light-dark\\(#(?<light>[0-9a-f]{6}), #(?<dark>[0-9a-f]{6})\\)")]
    private static partial Regex Pair();

    [GeneratedRegex("--(?<name>[a-z]+): #(?<color>[0-9a-f]{6})")]
    private static partial Regex Single();
}
