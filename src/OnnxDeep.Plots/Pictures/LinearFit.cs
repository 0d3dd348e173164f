using System.Globalization;

namespace OnnxDeep.Plots.Pictures;

/// <summary>The line ŷ = slope·x + intercept with the least mean squared error over some points.</summary>
/// <param name="X">The points' places.</param>
/// <param name="Y">The true value at each.</param>
/// <param name="Slope">Of the line.</param>
/// <param name="Intercept">The line's value at 0.</param>
public sealed record LinearFit(IReadOnlyList<double> X, IReadOnlyList<double> Y, double Slope, double Intercept)
{
    /// <summary>The mean of the squared residuals.</summary>
    public double MeanSquaredError => X.Select((x, i) => (Y[i] - Estimate(x)) * (Y[i] - Estimate(x))).Average();

    /// <summary>Fits a line.</summary>
    /// <exception cref="OnnxDeepException">There are fewer than two pairs, or all x are the same.</exception>
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
                    CultureInfo.InvariantCulture, $"{x.Count} values of X and {y.Count} of Y make no regression: ")
                + "there must be as many of both, at least two, all finite, and X not all the same. "
                + "Give both, such as -X 1, 2, 3 -Y 2, 3, 5, or neither for a sample.");
        }

        double meanX = x.Average();
        double meanY = y.Average();
        double slope = x.Select((value, i) => (value - meanX) * (y[i] - meanY)).Sum()
            / x.Sum(value => (value - meanX) * (value - meanX));
        return new LinearFit(x, y, slope, meanY - (slope * meanX));
    }

    /// <summary>The line's value at a place.</summary>
    public double Estimate(double x) => (Slope * x) + Intercept;
}
