using System.Globalization;

namespace OnnxDeep.Learning.Training;

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
