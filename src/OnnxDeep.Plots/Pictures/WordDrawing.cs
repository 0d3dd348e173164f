using System.Globalization;

using OnnxDeep.Plots.Drawing;

using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Draws words as points with labels.</summary>
internal static class WordDrawing
{
    /// <summary>Draws the picture.</summary>
    /// <returns>The points and their labels with their positions.</returns>
    public static WordCloud Draw(WordPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        Palette palette = Palette.Of(options.Theme);
        IReadOnlyList<string> labels = data.Labels;
        var figure = new Figure(
            canvas,
            options,
            title,
            [.. labels.Select((label, i) => new LegendEntry(label, palette.SeriesColor(i), i))]);
        Plot plot = figure.CreatePlot(AxisName("first", data.FirstShare), AxisName("second", data.SecondShare));
        var cloud = new WordCloud(data.Points, labels, palette);
        plot.Add.Plottable(cloud);
        plot.Axes.Margins(0.06, 0.05);
        plot.Axes.AutoScale();
        plot.Render(canvas, figure.Body);
        return cloud;
    }

    private static string AxisName(string which, double share) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{which} principal component, {share * 100:0.0}% of the variance");
}
