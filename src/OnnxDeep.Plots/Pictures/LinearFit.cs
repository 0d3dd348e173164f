using System.Globalization;

namespace OnnxDeep.Plots.Pictures;

/// <summary>The line ŷ = slope·x + intercept with the smallest mean squared error for a set of points.</summary>
/// <param name="X">The x values of the points.</param>
/// <param name="Y">The true value for each x.</param>
/// <param name="Slope">The slope of the line.</param>
/// <param name="Intercept">The value of the line at 0.</param>
public sealed record LinearFit(IReadOnlyList<double> X, IReadOnlyList<double> Y, double Slope, double Intercept)
{
    /// <summary>The mean of the squared residuals.</summary>
    public double MeanSquaredError => X.Select((x, i) => (Y[i] - Estimate(x)) * (Y[i] - Estimate(x))).Average();

    /// <summary>Fits a line.</summary>
    /// <exception cref="OnnxDeepException">There are fewer than two pairs, or all x are equal.</exception>
    public static LinearFit Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count
            || x.Count < 2
            || x.Concat(y).Any(value => !double.IsFinite(value))
            || x.All(value => value == x[0]))
        {
            throw new OnnxDeepException(
                ErrorIds.PlotPointsInvalid,
                string.Create(
                        CultureInfo.InvariantCulture,
                        $"{x.Count} X and {y.Count} Y values do not define a regression: ")
                    + "both need the same number of values, at least two, all finite, and the X values must not all be "
                    + "equal. Specify both, such as 1, 2, 3 for X and 2, 3, 5 for Y, or neither for a sample.");
        }

        double meanX = x.Average();
        double meanY = y.Average();
        double slope = x.Select((value, i) => (value - meanX) * (y[i] - meanY)).Sum()
            / x.Sum(value => (value - meanX) * (value - meanX));
        return new LinearFit(x, y, slope, meanY - (slope * meanX));
    }

    /// <summary>Returns the value of the line at x.</summary>
    public double Estimate(double x) => (Slope * x) + Intercept;
}
