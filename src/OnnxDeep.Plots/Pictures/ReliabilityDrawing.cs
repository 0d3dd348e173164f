using System.Globalization;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Plots.Drawing;

using ScottPlot;
using ScottPlot.TickGenerators;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>
/// Draws the share of hits at each probability, beside the diagonal of a calibrated model, and the rows below it.
/// </summary>
internal static class ReliabilityDrawing
{
    private const float Left = 84;
    private const float Right = 24;
    private const float NoteHeight = 22;

    /// <summary>Draws the picture.</summary>
    public static void Draw(ReliabilityPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        Palette palette = Palette.Of(options.Theme);
        SKColor main = palette.SeriesColor(0);
        SKColor other = palette.SeriesColor(1);
        var legend = new List<LegendEntry>
        {
            new(data.Before is null ? "model" : "calibrated", main),
            new("perfectly calibrated", palette.Faint, IsDashed: true),
        };
        if (data.Before is not null)
        {
            legend.Insert(1, new LegendEntry("before", other, IsDashed: true));
        }

        var figure = new Figure(canvas, options, title, legend);
        Lettering.Draw(
            canvas,
            Lettering.Fit(Describe(data), Figure.SmallSize, figure.Body.Width - 16),
            figure.Body.Left + 8,
            figure.Body.Top + 4,
            Figure.SmallSize,
            palette.Faint);
        float top = figure.Body.Top + NoteHeight;
        float middle = top + ((figure.Body.Bottom - top) * 0.68f);
        Plot curve = figure.CreatePlot(string.Empty, data.Label is null ? "share correct" : "share of the class");
        curve.Add.Plottable(new Curve(
            [new Coordinates(0, 0), new Coordinates(1, 1)], palette.Faint, 1.5f, isDashed: true, hasMarkers: false));
        AddCurve(curve, data.Before, other, isDashed: true);
        AddCurve(curve, data.Curve, main, isDashed: false);
        curve.Axes.SetLimits(-0.02, 1.02, -0.03, 1.03);
        SetPercents(curve.Axes.Left);
        SetPercents(curve.Axes.Bottom);
        Plot rows = figure.CreatePlot(
            data.Label is null
                ? "probability of the predicted class"
                : $"probability of {Lettering.Fit(data.Label, Figure.LabelSize, options.Width / 2f)}",
            "rows");
        rows.Axes.Bottom.Label.FontName = Lettering.Find(rows.Axes.Bottom.Label.Text).FamilyName;
        rows.Add.Plottable(new BinBars(data.Curve.Bins, Palette.Mix(palette.Ground, main, 0.55)));
        rows.Axes.SetLimits(-0.02, 1.02, 0, Math.Max(1, data.Curve.Bins.Max(bin => bin.Count)) * 1.08);
        rows.Axes.Left.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TargetTickCount = 3 };
        SetPercents(rows.Axes.Bottom);

        // The same left margin, so that the bins of both plots line up.
        curve.Layout.Fixed(new PixelPadding(Left, Right, 30, 10));
        rows.Layout.Fixed(new PixelPadding(Left, Right, 62, 8));
        curve.Render(canvas, new PixelRect(figure.Body.Left, figure.Body.Right, middle, top));
        rows.Render(canvas, new PixelRect(figure.Body.Left, figure.Body.Right, figure.Body.Bottom, middle));
    }

    private static string Describe(ReliabilityPlot data)
    {
        string error = Percent(data.Curve.ExpectedCalibrationError);
        string before = data.Before is null
            ? string.Empty
            : $", {Percent(data.Before.ExpectedCalibrationError)} before";
        return string.Create(
            CultureInfo.InvariantCulture, $"{data.Curve.Rows:N0} rows, expected calibration error {error}{before}");
    }

    private static string Percent(double share) =>
        (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static void AddCurve(Plot plot, ReliabilityCurve? curve, SKColor color, bool isDashed)
    {
        Coordinates[] points =
        [
            .. (curve?.Bins ?? []).Where(bin => bin.Count > 0)
                .Select(bin => new Coordinates(bin.Confidence, bin.Accuracy)),
        ];
        if (points.Length > 0)
        {
            plot.Add.Plottable(new Curve(points, color, 2.5f, isDashed, hasMarkers: true));
        }
    }

    private static void SetPercents(IAxis axis) => axis.TickGenerator = new NumericManual(
        [0, 0.2, 0.4, 0.6, 0.8, 1], ["0%", "20%", "40%", "60%", "80%", "100%"]);

    /// <summary>A bar over the width of each bin, as high as its number of rows.</summary>
    private sealed class BinBars(IReadOnlyList<ReliabilityBin> bins, SKColor color) : IPlottable
    {
        /// <inheritdoc/>
        public bool IsVisible { get; set; } = true;

        /// <inheritdoc/>
        public IAxes Axes { get; set; } = new Axes();

        /// <inheritdoc/>
        public IEnumerable<LegendItem> LegendItems => [];

        /// <inheritdoc/>
        public AxisLimits GetAxisLimits() => new(0, 1, 0, bins.Max(bin => bin.Count));

        /// <inheritdoc/>
        public void Render(RenderPack rp)
        {
            using var paint = new SKPaint { Color = color, IsAntialias = false };
            foreach (ReliabilityBin bin in bins.Where(bin => bin.Count > 0))
            {
                Pixel corner = Axes.GetPixel(new Coordinates(bin.From, bin.Count));
                Pixel foot = Axes.GetPixel(new Coordinates(bin.To, 0));

                // A single row among thousands still shows.
                float top = Math.Min(MathF.Round(corner.Y), MathF.Round(foot.Y) - 1);
                rp.Canvas.DrawRect(
                    new SKRect(MathF.Round(corner.X) + 1, top, MathF.Round(foot.X) - 1, MathF.Round(foot.Y)), paint);
            }
        }
    }
}
