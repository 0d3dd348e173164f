using System.Globalization;

using OnnxDeep.Plots.Drawing;

using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Points with labels that do not overlap.</summary>
internal sealed class WordCloud(
    IReadOnlyList<WordPoint> points, IReadOnlyList<string> labels, Palette palette) : IPlottable
{
    private const float TextSize = 12.5f;
    private const float MostLabelWidth = 160;

    private readonly Dictionary<string, int> _indices =
        labels.Index().ToDictionary(entry => entry.Item, entry => entry.Index);

    /// <inheritdoc/>
    public bool IsVisible { get; set; } = true;

    /// <inheritdoc/>
    public IAxes Axes { get; set; } = new Axes();

    /// <inheritdoc/>
    public IEnumerable<LegendItem> LegendItems => [];

    /// <summary>The number of labels for which there was no space.</summary>
    public int LabelsLeftOut => Places.Count(place => place is null);

    /// <summary>The position of each point's label in the last drawing; null if there was no space.</summary>
    public IReadOnlyList<PlacedLabel?> Places { get; private set; } = [];

    /// <inheritdoc/>
    public AxisLimits GetAxisLimits() => new(
        points.Min(point => point.X),
        points.Max(point => point.X),
        points.Min(point => point.Y),
        points.Max(point => point.Y));

    /// <inheritdoc/>
    public void Render(RenderPack rp)
    {
        SKPoint[] anchors =
        [
            .. points.Select(point => Axes.GetPixel(new Coordinates(point.X, point.Y)))
                .Select(pixel => new SKPoint(pixel.X, pixel.Y)),
        ];
        string[] texts = [.. points.Select(point => Lettering.Fit(point.Word, TextSize, MostLabelWidth))];
        SKSize[] sizes = [.. texts.Select(text => new SKSize(Lettering.Measure(text, TextSize) + 2, TextSize + 3))];
        var bounds = new SKRect(
            rp.DataRect.Left + 2, rp.DataRect.Top + 2, rp.DataRect.Right - 2, rp.DataRect.Bottom - 2);
        Places = new LabelPlacer(bounds, Shapes.Radius).Place(anchors, sizes);

        using var leader = new SKPaint { Color = palette.Faint, StrokeWidth = 1, IsAntialias = true };
        for (int i = 0; i < anchors.Length; i++)
        {
            if (Places[i]?.LeaderEnd is SKPoint end)
            {
                rp.Canvas.DrawLine(anchors[i], end, leader);
            }
        }

        for (int i = 0; i < anchors.Length; i++)
        {
            int index = points[i].Label is string label ? _indices[label] : labels.Count;
            Shapes.DrawMarker(rp.Canvas, index, anchors[i].X, anchors[i].Y, palette.SeriesColor(index), palette.Ground);
        }

        for (int i = 0; i < anchors.Length; i++)
        {
            if (Places[i]?.Box is SKRect box)
            {
                Lettering.Draw(rp.Canvas, texts[i], box.Left + 1, box.MidY, TextSize, palette.Text);
            }
        }
    }

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
