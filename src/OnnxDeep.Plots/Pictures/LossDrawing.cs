using OnnxDeep.Plots.Drawing;

using ScottPlot;
using ScottPlot.TickGenerators;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Draws a training history: loss at the top, accuracy below it.</summary>
internal static class LossDrawing
{
    private const int MostMarkers = 40;

    /// <summary>Draws the picture.</summary>
    public static void Draw(LossPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        Palette palette = Palette.Of(options.Theme);
        var legend = new List<LegendEntry> { new("training", palette.SeriesColor(0)) };
        if (data.Points.Any(point => point.ValidationLoss is not null || point.ValidationAccuracy is not null))
        {
            legend.Add(new LegendEntry("validation", palette.SeriesColor(1), IsDashed: true));
        }

        if (data.BestEpoch is int best)
        {
            legend.Add(new LegendEntry($"best epoch: {best}", palette.Faint, IsDashed: true));
        }

        var figure = new Figure(canvas, options, title, legend);
        Plot loss = figure.CreatePlot(data.HasAccuracy ? string.Empty : "epoch", "loss");
        AddCurves(loss, data, palette, point => point.Loss, point => point.ValidationLoss);
        AxisLimits limits = loss.Axes.GetLimits();
        loss.Axes.SetLimitsY(Math.Min(0, limits.Bottom), limits.Top);
        AddBest(loss, data, palette);
        if (!data.HasAccuracy)
        {
            loss.Render(canvas, figure.Body);
            return;
        }

        Plot accuracy = figure.CreatePlot("epoch", "accuracy");
        AddCurves(accuracy, data, palette, point => point.Accuracy, point => point.ValidationAccuracy);
        accuracy.Axes.SetLimitsY(AccuracyFloor(data), 1.02);
        AddBest(accuracy, data, palette);
        accuracy.Axes.Left.TickGenerator = new NumericAutomatic
        {
            LabelFormatter = value => FormattableString.Invariant($"{value * 100:0.#}%"),
        };

        // The same left margin, so that the epochs of both plots line up.
        const float Left = 84;
        float middle = figure.Body.Top + (figure.Body.Height * 0.48f);
        loss.Layout.Fixed(new PixelPadding(Left, 20, 34, 12));
        accuracy.Layout.Fixed(new PixelPadding(Left, 20, 64, 12));
        loss.Render(canvas, new PixelRect(figure.Body.Left, figure.Body.Right, middle, figure.Body.Top));
        accuracy.Render(canvas, new PixelRect(figure.Body.Left, figure.Body.Right, figure.Body.Bottom, middle));
    }

    private static void AddCurves(
        Plot plot,
        LossPlot data,
        Palette palette,
        Func<EpochPoint, double?> training,
        Func<EpochPoint, double?> validation)
    {
        AddCurve(plot, data, training, palette.SeriesColor(0), isDashed: false);
        AddCurve(plot, data, validation, palette.SeriesColor(1), isDashed: true);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.AutoScale();
        plot.Axes.SetLimitsX(data.Points[0].Epoch - Pad(data), data.Points[^1].Epoch + Pad(data));
    }

    private static void AddCurve(
        Plot plot, LossPlot data, Func<EpochPoint, double?> value, SKColor color, bool isDashed)
    {
        Coordinates[] points =
        [
            .. data.Points
                .Where(point => value(point) is double y && double.IsFinite(y))
                .Select(point => new Coordinates(point.Epoch, value(point)!.Value)),
        ];
        if (points.Length > 0)
        {
            plot.Add.Plottable(new Curve(points, color, 2.5f, isDashed, hasMarkers: points.Length <= MostMarkers));
        }
    }

    private static void AddBest(Plot plot, LossPlot data, Palette palette)
    {
        if (data.BestEpoch is int best)
        {
            AxisLimits limits = plot.Axes.GetLimits();
            plot.Add.Plottable(new Curve(
                [new Coordinates(best, limits.Bottom), new Coordinates(best, limits.Top)],
                palette.Faint,
                1.5f,
                isDashed: true,
                hasMarkers: false));
        }
    }

    private static double Pad(LossPlot data) =>
        Math.Max(0.5, 0.015 * (data.Points[^1].Epoch - data.Points[0].Epoch));

    // The axis starts at 0.5, the accuracy of guessing between two classes, unless the curve goes below it.
    private static double AccuracyFloor(LossPlot data)
    {
        double least = data.Points
            .SelectMany(point => (double?[])[point.Accuracy, point.ValidationAccuracy])
            .OfType<double>()
            .Where(double.IsFinite)
            .DefaultIfEmpty(0)
            .Min();
        return least >= 0.5 ? 0.48 : Math.Max(-0.02, Math.Floor(least * 10) / 10);
    }
}
