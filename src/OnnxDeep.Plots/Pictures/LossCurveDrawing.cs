using System.Globalization;

using OnnxDeep.Plots.Drawing;

using ScottPlot;
using ScottPlot.Plottables;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Draws the parabola of a squared error with its tangent, and a regression with its residuals.</summary>
internal static class LossCurveDrawing
{
    private const int CurvePoints = 201;

    /// <summary>Draws both side by side or, if the picture is narrow, one below the other.</summary>
    public static void Draw(LossCurvePlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        var figure = new Figure(canvas, options, title);
        PixelRect body = figure.Body;
        if (options.Width >= options.Height)
        {
            float middle = (body.Left + body.Right) / 2;
            DrawPanel(
                figure,
                new PixelRect(body.Left, middle, body.Bottom, body.Top),
                Parabola(figure, data),
                ParabolaHeads(data));
            DrawPanel(
                figure,
                new PixelRect(middle, body.Right, body.Bottom, body.Top),
                Regression(figure, data),
                RegressionHeads(data));
        }
        else
        {
            float middle = (body.Top + body.Bottom) / 2;
            DrawPanel(
                figure,
                new PixelRect(body.Left, body.Right, middle, body.Top),
                Parabola(figure, data),
                ParabolaHeads(data));
            DrawPanel(
                figure,
                new PixelRect(body.Left, body.Right, body.Bottom, middle),
                Regression(figure, data),
                RegressionHeads(data));
        }
    }

    private static void DrawPanel(Figure figure, PixelRect area, Plot plot, (string Head, string Remark) heads)
    {
        const float HeadHeight = 52;
        float room = area.Width - 20;
        Lettering.Draw(
            figure.Canvas,
            Lettering.Fit(heads.Head, Figure.LabelSize, room),
            area.Left + 8,
            area.Top + 10,
            Figure.LabelSize,
            figure.Palette.Text);
        Lettering.Draw(
            figure.Canvas,
            Lettering.Fit(heads.Remark, Figure.SmallSize, room),
            area.Left + 8,
            area.Top + 34,
            Figure.SmallSize,
            figure.Palette.Residual);
        plot.Render(figure.Canvas, new PixelRect(area.Left, area.Right - 12, area.Bottom, area.Top + HeadHeight));
    }

    private static (string Head, string Remark) ParabolaHeads(LossCurvePlot data) => (
        $"Squared error (y − ŷ)² for y = {Number(data.Truth)}",
        $"tangent at ŷ = {Number(data.At)}: slope 2(ŷ − y) = {Number(data.Slope)}, error {Number(data.Error)}");

    private static (string Head, string Remark) RegressionHeads(LossCurvePlot data) => (
        $"Regression ŷ = {Number(data.Fit.Slope)}x "
        + $"{(data.Fit.Intercept < 0 ? "−" : "+")} {Number(Math.Abs(data.Fit.Intercept))}",
        $"residuals y − ŷ; MSE, the mean of their squares = {Number(data.Fit.MeanSquaredError)}");

    private static Plot Parabola(Figure figure, LossCurvePlot data)
    {
        Plot plot = figure.CreatePlot("estimate ŷ", "squared error");
        Palette palette = figure.Palette;
        double reach = Math.Max(1.5 * Math.Abs(data.At - data.Truth), 1);
        double step = 2 * reach / (CurvePoints - 1);
        double[] xs = [.. Enumerable.Range(0, CurvePoints).Select(i => data.Truth - reach + (i * step))];
        Scatter curve = plot.Add.ScatterLine(xs, xs.Select(data.SquaredError).ToArray());
        curve.Color = Palette.ToScottPlot(palette.SeriesColor(0));
        curve.LineWidth = 2.5f;

        double top = data.SquaredError(data.Truth + reach);
        double left = data.At - reach;
        double right = data.At + reach;
        LinePlot tangent = plot.Add.Line(
            left, data.Error + (data.Slope * (left - data.At)), right, data.Error + (data.Slope * (right - data.At)));
        tangent.Color = Palette.ToScottPlot(palette.Residual);
        tangent.LineWidth = 2.5f;
        AddPoint(plot, data.At, data.Error, palette.Residual);
        AddPoint(plot, data.Truth, 0, palette.SeriesColor(0));
        AddText(plot, data.Truth, 0.22 * top, "slope 0 at the", palette.Text, Alignment.LowerCenter);
        AddText(plot, data.Truth, 0.22 * top, "minimum error", palette.Text, Alignment.UpperCenter);
        plot.Axes.SetLimits(data.Truth - (1.05 * reach), data.Truth + (1.05 * reach), -0.08 * top, 1.05 * top);
        return plot;
    }

    private static Plot Regression(Figure figure, LossCurvePlot data)
    {
        Plot plot = figure.CreatePlot("x", "y");
        Palette palette = figure.Palette;
        LinearFit fit = data.Fit;
        for (int i = 0; i < fit.X.Count; i++)
        {
            LinePlot residual = plot.Add.Line(fit.X[i], fit.Y[i], fit.X[i], fit.Estimate(fit.X[i]));
            residual.Color = Palette.ToScottPlot(palette.Residual);
            residual.LineWidth = 2.5f;
        }

        double least = fit.X.Min();
        double most = fit.X.Max();
        LinePlot line = plot.Add.Line(least, fit.Estimate(least), most, fit.Estimate(most));
        line.Color = Palette.ToScottPlot(palette.Text);
        line.LineWidth = 2.5f;
        for (int i = 0; i < fit.X.Count; i++)
        {
            AddPoint(plot, fit.X[i], fit.Y[i], palette.SeriesColor(0));
        }

        plot.Axes.Margins(0.06, 0.08);
        return plot;
    }

    private static void AddPoint(Plot plot, double x, double y, SKColor color) =>
        plot.Add.Marker(x, y, MarkerShape.FilledCircle, 10, Palette.ToScottPlot(color));

    private static void AddText(Plot plot, double x, double y, string text, SKColor color, Alignment alignment)
    {
        Text label = plot.Add.Text(text, x, y);
        label.LabelFontName = Lettering.Family;
        label.LabelFontSize = Figure.SmallSize;
        label.LabelFontColor = Palette.ToScottPlot(color);
        label.LabelAlignment = alignment;
    }

    private static string Number(double value) =>
        value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');
}
