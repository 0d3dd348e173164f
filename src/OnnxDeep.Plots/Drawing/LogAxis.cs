using System.Globalization;

using ScottPlot;
using ScottPlot.TickGenerators;

namespace OnnxDeep.Plots.Drawing;

/// <summary>A vertical axis with a logarithmic scale. Plots on it use the decimal logarithm of their values.</summary>
internal static class LogAxis
{
    private const double Room = 0.12;
    private const double ManyDecades = 3;

    /// <summary>Fits the axis to the values.</summary>
    /// <param name="plot">The plot whose left axis to fit.</param>
    /// <param name="values">The values, all above 0.</param>
    public static void Apply(Plot plot, IReadOnlyCollection<double> values)
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
