using System.Globalization;

using OnnxDeep.Plots.Drawing;

using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Draws residuals with the line of exact predictions, and the true values over the predictions.</summary>
internal static class ResidualDrawing
{
    private const float HeadHeight = 52;
    private const int ManyPoints = 500;
    private const int MostPoints = 10_000;

    /// <summary>Draws both side by side or, if the picture is narrow, one below the other.</summary>
    public static void Draw(ResidualPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        var figure = new Figure(canvas, options, title);
        PixelRect body = figure.Body;
        bool isWide = options.Width >= options.Height;
        float middleX = (body.Left + body.Right) / 2;
        float middleY = (body.Top + body.Bottom) / 2;
        PixelRect first = isWide
            ? new PixelRect(body.Left, middleX, body.Bottom, body.Top)
            : new PixelRect(body.Left, body.Right, middleY, body.Top);
        PixelRect second = isWide
            ? new PixelRect(middleX, body.Right, body.Bottom, body.Top)
            : new PixelRect(body.Left, body.Right, body.Bottom, middleY);
        (double[] predicted, double[] actual) = Choose(data);
        double[] residuals = [.. actual.Zip(predicted, (y, estimate) => y - estimate)];
        DrawHeads(
            figure,
            first,
            "Residuals y − ŷ, actual minus predicted",
            $"MAE {Figures(data.Measure.MAE)}, RMSE {Figures(data.Measure.RMSE)}");
        DrawPanel(figure, first, "predicted ŷ", "residual y − ŷ", predicted, residuals, isSquare: false);
        DrawHeads(figure, second, "Actual y against predicted ŷ", DescribeFit(data, predicted.Length));
        DrawPanel(figure, second, "predicted ŷ", "actual y", predicted, actual, isSquare: true);
    }

    // More points than a picture can show are thinned out evenly, and the picture says so.
    private static (double[] Predicted, double[] Actual) Choose(ResidualPlot data)
    {
        int step = ((data.Predicted.Count - 1) / MostPoints) + 1;
        int[] places = [.. Enumerable.Range(0, data.Predicted.Count).Where(place => place % step == 0)];
        return ([.. places.Select(place => data.Predicted[place])], [.. places.Select(place => data.Actual[place])]);
    }

    private static string DescribeFit(ResidualPlot data, int drawn)
    {
        string rows = Quantity.Of(data.Predicted.Count, "row");
        string fit = data.Measure.R2 is double r2 ? $"R² = {Number(Math.Round(r2, 4))}, {rows}" : rows;
        return drawn < data.Predicted.Count ? FormattableString.Invariant($"{fit}, {drawn:N0} of them drawn") : fit;
    }

    private static void DrawHeads(Figure figure, PixelRect area, string head, string remark)
    {
        float room = area.Width - 20;
        Lettering.Draw(
            figure.Canvas,
            Lettering.Fit(head, Figure.LabelSize, room),
            area.Left + 8,
            area.Top + 10,
            Figure.LabelSize,
            figure.Palette.Text);
        Lettering.Draw(
            figure.Canvas,
            Lettering.Fit(remark, Figure.SmallSize, room),
            area.Left + 8,
            area.Top + 34,
            Figure.SmallSize,
            figure.Palette.Faint);
    }

    private static void DrawPanel(
        Figure figure, PixelRect area, string xLabel, string yLabel, double[] xs, double[] ys, bool isSquare)
    {
        Plot plot = figure.CreatePlot(xLabel, yLabel);
        (double left, double right) = Span(xs);
        (double bottom, double top) = Span(isSquare ? ys : [.. ys, 0]);
        if (isSquare)
        {
            (left, right) = (bottom, top) = (Math.Min(left, bottom), Math.Max(right, top));
        }

        SKColor color = figure.Palette.SeriesColor(0);
        bool areMany = xs.Length > ManyPoints;
        plot.Add.Markers(
            xs,
            ys,
            MarkerShape.FilledCircle,
            areMany ? 5 : 8,
            Palette.ToScottPlot(areMany ? color.WithAlpha(0x80) : color));
        LinePlot line = isSquare ? plot.Add.Line(left, left, right, right) : plot.Add.Line(left, 0, right, 0);
        line.Color = Palette.ToScottPlot(figure.Palette.Residual);
        line.LineWidth = 2;
        plot.Axes.Bottom.TickGenerator = CreateTicks(left, right);
        plot.Axes.Left.TickGenerator = CreateTicks(bottom, top);
        plot.Axes.SetLimits(left, right, bottom, top);
        plot.Render(figure.Canvas, new PixelRect(area.Left, area.Right - 12, area.Bottom, area.Top + HeadHeight));
    }

    // A margin around the values; equal values, or values that differ by rounding only, are in the middle of one.
    private static (double Least, double Most) Span(double[] values)
    {
        double least = values.Min();
        double most = values.Max();
        double margin = Math.Max(0.06 * (most - least), 1e-9 * Math.Max(Math.Abs(least), Math.Abs(most)));
        margin = margin > 0 ? margin : 1;
        return (least - margin, most + margin);
    }

    private static NumericAutomatic CreateTicks(double least, double most)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(most - least)) - 4);
        return new NumericAutomatic { LabelFormatter = value => Number((Math.Round(value / unit) * unit) + 0.0) };
    }

    private static string Figures(double value) => Number(double.Parse(
        value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    private static string Number(double value) => value
        .ToString(
            value == 0 || Math.Abs(value) is >= 1e-6 and < 1e12 ? "#,0.############" : "G12",
            CultureInfo.InvariantCulture)
        .Replace('-', '−');
}
