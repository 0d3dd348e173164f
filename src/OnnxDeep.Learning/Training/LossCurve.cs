using System.Globalization;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// The notebook's curve of the squared error of one prediction, SE = (y - ŷ)², by the functions that training uses.
/// </summary>
public static class LossCurve
{
    /// <summary>One point.</summary>
    /// <param name="predicted">ŷ.</param>
    /// <param name="actual">y; the notebook's is 1.</param>
    public static LossPoint At(double predicted, double actual = 1)
    {
        double error = LossFunctions.Value<double>(Loss.MeanSquaredError, [], [predicted], [actual]);
        return new LossPoint(predicted, error, Derivative(predicted, actual));
    }

    /// <summary>Points at equal distances, both ends included.</summary>
    /// <param name="from">The first ŷ.</param>
    /// <param name="to">The last ŷ.</param>
    /// <param name="count">At least 2.</param>
    /// <param name="actual">y.</param>
    public static IEnumerable<LossPoint> GetPoints(double from, double to, int count, double actual = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return Enumerable.Range(0, count).Select(i => At(from + ((to - from) * i / (count - 1)), actual));
    }

    /// <summary>The tangent at a point.</summary>
    /// <param name="predicted">ŷ, where it touches.</param>
    /// <param name="actual">y.</param>
    public static LossTangent GetTangent(double predicted, double actual = 1)
    {
        LossPoint point = At(predicted, actual);
        return new LossTangent(
            predicted, point.SquaredError, point.Derivative, point.SquaredError - (point.Derivative * predicted));
    }

    /// <summary>Where the derivative is 0. It is a straight line in ŷ, so two of its points give its root.</summary>
    /// <param name="actual">y.</param>
    public static LossPoint GetMinimum(double actual = 1)
    {
        double atZero = Derivative(0, actual);
        double rise = Derivative(1, actual) - atZero;
        return At(atZero == 0 ? 0 : -atZero / rise, actual);
    }

    private static double Derivative(double predicted, double actual)
    {
        Span<double> gradient = [0.0];
        LossFunctions.OutputGradient(Loss.MeanSquaredError, [predicted], [actual], gradient);
        return gradient[0];
    }
}

/// <summary>A point of the curve SE = (y - ŷ)².</summary>
/// <param name="Predicted">ŷ.</param>
/// <param name="SquaredError">(y - ŷ)².</param>
/// <param name="Derivative">dSE/dŷ, which is 2ŷ - 2 where y is 1.</param>
public sealed record LossPoint(double Predicted, double SquaredError, double Derivative);

/// <summary>The straight line that touches the curve of the squared error: slope·ŷ + intercept.</summary>
/// <param name="Predicted">ŷ, where it touches.</param>
/// <param name="SquaredError">The curve's height there.</param>
/// <param name="Slope">The derivative there.</param>
/// <param name="Intercept">The line's height over ŷ = 0.</param>
public sealed record LossTangent(double Predicted, double SquaredError, double Slope, double Intercept)
{
    /// <summary>The line in words that can be read aloud, such as <c>4 * predicted - 8</c>.</summary>
    public string Equation => string.Create(
        CultureInfo.InvariantCulture,
        $"{Slope} * predicted {(Intercept < 0 ? '-' : '+')} {Math.Abs(Intercept)}");
}
