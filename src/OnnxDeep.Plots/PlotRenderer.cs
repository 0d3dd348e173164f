using OnnxDeep.Plots.Drawing;
using OnnxDeep.Plots.Pictures;

using SkiaSharp;

namespace OnnxDeep.Plots;

/// <summary>Draws pictures. Thread-safe.</summary>
public static class PlotRenderer
{
    // ScottPlot's font list is shared by the whole process.
    private static readonly Lock s_lock = new();

    /// <summary>Draws a picture.</summary>
    /// <param name="data">The data to draw.</param>
    /// <param name="options">The size and appearance.</param>
    /// <param name="format">PNG or SVG.</param>
    /// <exception cref="NotSupportedException">There is no picture for this type of data.</exception>
    public static RenderedPlot Render(PlotData data, PlotOptions options, PlotFormat format)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            options.Width, Math.Clamp(options.Width, PlotOptions.LeastSize, PlotOptions.GreatestSize), nameof(options));
        ArgumentOutOfRangeException.ThrowIfNotEqual(
            options.Height,
            Math.Clamp(options.Height, PlotOptions.LeastSize, PlotOptions.GreatestSize),
            nameof(options));
        string title = ShownText.Value(options.Title ?? data.DefaultTitle);
        int leftOut = 0;
        lock (s_lock)
        {
            Lettering.Register();
            byte[] content = Picture.Draw(
                options, format, title, canvas => leftOut = Draw(data, canvas, options, title));
            return new RenderedPlot(content, leftOut);
        }
    }

    private static int Draw(PlotData data, SKCanvas canvas, PlotOptions options, string title)
    {
        switch (data)
        {
            case LossPlot loss:
                LossDrawing.Draw(loss, canvas, options, title);
                return 0;
            case LossCurvePlot curve:
                LossCurveDrawing.Draw(curve, canvas, options, title);
                return 0;
            case WeightPlot weights:
                WeightDrawing.Draw(weights, canvas, options, title);
                return 0;
            case NetworkPlot network:
                NetworkDrawing.Draw(network, canvas, options, title);
                return 0;
            case ConfusionPlot confusion:
                ConfusionDrawing.Draw(confusion, canvas, options, title);
                return 0;
            case ReliabilityPlot reliability:
                ReliabilityDrawing.Draw(reliability, canvas, options, title);
                return 0;
            case BarPlot bars:
                return BarDrawing.Draw(bars, canvas, options, title);
            case MeasurementPlot measurement:
                MeasurementDrawing.Draw(measurement, canvas, options, title);
                return 0;
            case ResidualPlot residuals:
                ResidualDrawing.Draw(residuals, canvas, options, title);
                return 0;
            case WordPlot words:
                return WordCloud.Draw(words, canvas, options, title).LabelsLeftOut;
            default:
                throw new NotSupportedException($"There is no picture for the type {data.GetType().Name}.");
        }
    }
}
