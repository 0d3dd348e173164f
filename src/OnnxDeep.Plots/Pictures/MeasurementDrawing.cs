using System.Globalization;

using OnnxDeep.Plots.Drawing;

using ScottPlot;
using ScottPlot.TickGenerators;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Draws measurements: latency at the top, throughput below it, both on logarithmic axes.</summary>
internal static class MeasurementDrawing
{
    private const float Left = 92;
    private const float Right = 20;
    private const int LongestName = 22;
    private const double HalfBar = 0.3;

    private const double Room = 0.12;
    private const double ManyDecades = 3;

    /// <summary>Draws the picture.</summary>
    public static void Draw(MeasurementPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        Palette palette = Palette.Of(options.Theme);
        var legend = new List<LegendEntry>();
        if (data.Series.Count > 1)
        {
            legend.AddRange(data.Series.Select((name, index) => new LegendEntry(name, palette.SeriesColor(index))));
        }

        legend.Add(new LegendEntry("median (p50)", palette.Faint));
        legend.Add(new LegendEntry("99th percentile (p99)", palette.Faint, IsDashed: true));
        var figure = new Figure(canvas, options, title, legend);
        Plot latency = figure.CreatePlot(string.Empty, "milliseconds");
        AddLatencies(latency, data, palette);
        UseLogAxis(
            latency, [.. data.Points.SelectMany(point => (double[])[point.P50Milliseconds, point.P99Milliseconds])]);
        Plot throughput = figure.CreatePlot(
            data.BatchSizes.Count > 1
                ? "batch size"
                : FormattableString.Invariant($"batch size {data.BatchSizes[0]:N0}"),
            "rows per second");
        AddCurves(throughput, data, palette, point => point.Throughput, isDashed: false);
        UseLogAxis(throughput, [.. data.Points.Select(point => point.Throughput)]);
        NameColumns(latency, data, isNamed: false);
        NameColumns(throughput, data, isNamed: true);

        // The same left margin, so that the batch sizes of both plots line up.
        float middle = figure.Body.Top + (figure.Body.Height * 0.48f);
        latency.Layout.Fixed(new PixelPadding(Left, Right, 20, 12));
        throughput.Layout.Fixed(new PixelPadding(Left, Right, 64, 12));
        latency.Render(canvas, new PixelRect(figure.Body.Left, figure.Body.Right, middle, figure.Body.Top));
        throughput.Render(canvas, new PixelRect(figure.Body.Left, figure.Body.Right, figure.Body.Bottom, middle));
    }

    private static void AddLatencies(Plot plot, MeasurementPlot data, Palette palette)
    {
        if (data.BatchSizes.Count > 1)
        {
            AddCurves(plot, data, palette, point => point.P99Milliseconds, isDashed: true);
        }
        else
        {
            foreach (MeasurementPoint point in data.Points)
            {
                Coordinates[] span =
                    [Place(data, point, point.P50Milliseconds), Place(data, point, point.P99Milliseconds)];
                plot.Add.Plottable(new Curve(span, Color(data, point, palette), 3, isDashed: true, hasMarkers: false));
            }
        }

        AddCurves(plot, data, palette, point => point.P50Milliseconds, isDashed: false);
    }

    private static void AddCurves(
        Plot plot, MeasurementPlot data, Palette palette, Func<MeasurementPoint, double> value, bool isDashed)
    {
        foreach (IGrouping<string, MeasurementPoint> series in data.Points.GroupBy(point => point.Series))
        {
            SKColor color = Color(data, series.First(), palette);
            Coordinates[] points =
            [
                .. series.OrderBy(point => point.BatchSize).Select(point => Place(data, point, value(point))),
            ];
            if (data.BatchSizes.Count > 1)
            {
                plot.Add.Plottable(new Curve(points, color, isDashed ? 2 : 2.5f, isDashed, hasMarkers: !isDashed));
                continue;
            }

            // A single batch size has no line to draw; a bar across the column shows the value.
            foreach (Coordinates point in points)
            {
                plot.Add.Plottable(new Curve(
                    [new Coordinates(point.X - HalfBar, point.Y), new Coordinates(point.X + HalfBar, point.Y)],
                    color,
                    8,
                    isDashed: false,
                    hasMarkers: false));
            }
        }
    }

    private static Coordinates Place(MeasurementPlot data, MeasurementPoint point, double value) =>
        new(
            data.BatchSizes.Count > 1 ? IndexOf(data.BatchSizes, point.BatchSize) : IndexOf(data.Series, point.Series),
            Math.Log10(value));

    private static SKColor Color(MeasurementPlot data, MeasurementPoint point, Palette palette) =>
        palette.SeriesColor(IndexOf(data.Series, point.Series));

    private static int IndexOf<T>(IReadOnlyList<T> items, T item) =>
        items.TakeWhile(other => !other!.Equals(item)).Count();

    private static void NameColumns(Plot plot, MeasurementPlot data, bool isNamed)
    {
        string[] names = data.BatchSizes.Count > 1
            ? [.. data.BatchSizes.Select(size => size.ToString("N0", CultureInfo.InvariantCulture))]
            : [.. data.Series.Select(ShownText.Value).Select(Shorten)];
        var ticks = new NumericManual();
        for (int i = 0; i < names.Length; i++)
        {
            ticks.AddMajor(i, isNamed ? names[i] : string.Empty);
        }

        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.SetLimitsX(-0.5, names.Length - 0.5);
    }

    private static string Shorten(string name) =>
        name.Length > LongestName ? name[..(LongestName - 1)] + "…" : name;

    // Fits the axis to the values.
    private static void UseLogAxis(Plot plot, IReadOnlyCollection<double> values)
    {
        double least = Math.Log10(values.Min()) - Room;
        double most = Math.Log10(values.Max()) + Room;
        plot.Axes.SetLimitsY(least, most);

        // Over a few decades, ticks at 1, 2 and 5 of each; finer steps ensure that at least one number is visible.
        double[] steps = most - least > ManyDecades ? [1]
            : most - least > 0.5 ? [1, 2, 5]
            : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];
        var ticks = new NumericManual();
        for (int decade = (int)Math.Floor(least); decade <= most; decade++)
        {
            foreach (double step in steps)
            {
                double value = step * Math.Pow(10, decade);
                double place = Math.Log10(value);
                if (place >= least && place <= most)
                {
                    ticks.AddMajor(place, Text(value));
                }
            }
        }

        plot.Axes.Left.TickGenerator = ticks;
    }

    private static string Text(double value) => value switch
    {
        >= 1e6 => Number(value / 1e6) + " M",
        >= 1e3 => Number(value / 1e3) + " k",
        _ => Number(value),
    };

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
