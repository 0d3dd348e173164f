using System.Globalization;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// The notebook's curve of the squared error of one prediction, SE = (y - ŷ)², from the functions that training uses.
/// </summary>
internal static class LossCurve
{
    /// <summary>Computes one point.</summary>
    /// <param name="predicted">ŷ.</param>
    /// <param name="actual">y; 1 in the notebook.</param>
    public static LossPoint At(double predicted, double actual = 1)
    {
        double error = LossFunctions.Value<double>(Loss.MeanSquaredError, [], [predicted], [actual]);
        return new LossPoint(predicted, error, Derivative(predicted, actual));
    }

    /// <summary>Computes equidistant points, including both ends.</summary>
    /// <param name="from">The first ŷ.</param>
    /// <param name="to">The last ŷ.</param>
    /// <param name="count">At least 2.</param>
    /// <param name="actual">y.</param>
    public static IEnumerable<LossPoint> GetPoints(double from, double to, int count, double actual = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return Enumerable.Range(0, count).Select(i => At(from + ((to - from) * i / (count - 1)), actual));
    }

    /// <summary>Computes the tangent at a point.</summary>
    /// <param name="predicted">ŷ of the point.</param>
    /// <param name="actual">y.</param>
    public static LossTangent GetTangent(double predicted, double actual = 1)
    {
        LossPoint point = At(predicted, actual);
        return new LossTangent(
            predicted, point.SquaredError, point.Derivative, point.SquaredError - (point.Derivative * predicted));
    }

    /// <summary>
    /// Computes the point with the derivative 0. The derivative is linear in ŷ, so two values give its root.
    /// </summary>
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
/// <param name="Derivative">dSE/dŷ, which is 2ŷ - 2 for y = 1.</param>
public sealed record LossPoint(double Predicted, double SquaredError, double Derivative);

/// <summary>A tangent of the curve of the squared error: slope·ŷ + intercept.</summary>
/// <param name="Predicted">ŷ of the point of contact.</param>
/// <param name="SquaredError">(y - ŷ)² at the point.</param>
/// <param name="Slope">dSE/dŷ at the point.</param>
/// <param name="Intercept">The value of the line at ŷ = 0.</param>
public sealed record LossTangent(double Predicted, double SquaredError, double Slope, double Intercept)
{
    /// <summary>The equation of the line, such as <c>4 * predicted - 8</c>.</summary>
    public string Equation => string.Create(
        CultureInfo.InvariantCulture,
        $"{Slope} * predicted {(Intercept < 0 ? '-' : '+')} {Math.Abs(Intercept)}");
}
