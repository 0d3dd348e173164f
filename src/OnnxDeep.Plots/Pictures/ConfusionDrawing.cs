using System.Globalization;

using OnnxDeep.Plots.Drawing;

using ScottPlot;
using ScottPlot.TickGenerators;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Draws a confusion matrix with a row for each true class; the colour is the fraction of the row.</summary>
internal static class ConfusionDrawing
{
    private const float MostLabelRoom = 180;
    private const float BottomRoom = 66;
    private const float TopRoom = 10;

    /// <summary>Draws the picture.</summary>
    public static void Draw(ConfusionPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        var figure = new Figure(canvas, options, title);
        Palette palette = figure.Palette;
        int classes = data.Labels.Count;
        long[] supports =
        [
            .. Enumerable.Range(0, classes)
                .Select(truth => Enumerable.Range(0, classes).Sum(c => (long)data.Counts[truth, c])),
        ];
        double Share(int truth, int predicted) =>
            supports[truth] == 0 ? 0 : (double)data.Counts[truth, predicted] / supports[truth];

        Lettering.Draw(
            canvas,
            string.Create(
                CultureInfo.InvariantCulture, $"{data.Total:N0} predictions, {data.Accuracy * 100:0.0}% correct"),
            figure.Body.Left + 8, figure.Body.Top + 4, Figure.SmallSize, palette.Faint);
        PixelRect body = new(figure.Body.Left, figure.Body.Right, figure.Body.Bottom, figure.Body.Top + 22);

        Plot plot = figure.CreatePlot(string.Empty, "true class");
        plot.HideGrid();
        plot.Add.Plottable(new CellGrid(
            classes,
            classes,
            (truth, predicted) => Palette.Mix(palette.Middle, palette.Positive, Share(truth, predicted)),
            (truth, predicted) => string.Create(
                CultureInfo.InvariantCulture,
                $"{data.Counts[truth, predicted]:N0}\n{Share(truth, predicted) * 100:0.#}%")));
        plot.Axes.SetLimits(-0.5, classes - 0.5, classes - 0.5, -0.5);

        float left = 56 + data.Labels.Max(
            label => Lettering.Measure(Lettering.Fit(label, Figure.SmallSize, MostLabelRoom), Figure.SmallSize));
        float columnRoom = (body.Width - left - ColorScale.Width - 12) / classes;
        bool isTurned = data.Labels.Any(label => Lettering.Measure(label, Figure.SmallSize) > columnRoom - 6);
        float bottom = BottomRoom + (isTurned ? left - 72 : 0);
        SetTicks(plot.Axes.Left, data.Labels, MostLabelRoom);
        SetTicks(plot.Axes.Bottom, data.Labels, isTurned ? MostLabelRoom : columnRoom);
        if (isTurned)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        }

        plot.Layout.Fixed(new PixelPadding(left, 12, bottom, TopRoom));
        plot.Render(canvas, new PixelRect(body.Left, body.Right - ColorScale.Width, body.Bottom, body.Top));

        // Drawn separately, because rotated class names would overlap an axis title.
        Lettering.Draw(
            canvas,
            "predicted class",
            body.Left + left + ((body.Width - left - ColorScale.Width - 12) / 2),
            body.Bottom - 14,
            Figure.LabelSize,
            palette.Text,
            SKTextAlign.Center);
        ColorScale.Draw(
            canvas,
            new SKRect(body.Right - ColorScale.Width, body.Top + TopRoom, body.Right, body.Bottom - bottom),
            palette,
            share => Palette.Mix(palette.Middle, palette.Positive, share),
            [(0, "0%"), (0.5, "50%"), (1, "100%")]);
    }

    private static void SetTicks(IAxis axis, IReadOnlyList<string> labels, float room)
    {
        // At most as many labels as fit side by side.
        int step = Math.Max(1, (labels.Count + 23) / 24);
        int[] shown = [.. Enumerable.Range(0, labels.Count).Where(i => i % step == 0)];
        axis.TickGenerator = new NumericManual(
            [.. shown.Select(i => (double)i)],
            [.. shown.Select(i => Lettering.Fit(labels[i], Figure.SmallSize, room))]);
        axis.TickLabelStyle.FontName = Lettering.Find(string.Concat(labels.Select(ShownText.Value))).FamilyName;
        axis.MajorTickStyle.Length = 0;
    }
}
