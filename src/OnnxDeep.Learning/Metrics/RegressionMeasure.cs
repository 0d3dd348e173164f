using System.Globalization;

namespace OnnxDeep.Learning.Metrics;

/// <summary>How far predicted numbers are from the true ones, with the definitions of scikit-learn.</summary>
/// <param name="R2">
/// The coefficient of determination, 1 - Σ(y - ŷ)² / Σ(y - mean)²: 1 if all predictions are exact, 0 for
/// predictions as good as the mean, negative for worse ones. If all true values are equal, 1 or 0. Null for a
/// single row.
/// </param>
/// <param name="MAE">The mean of |y - ŷ|, in the unit of y.</param>
/// <param name="RMSE">The root of the mean of (y - ŷ)², in the unit of y.</param>
/// <param name="MSE">The mean of (y - ŷ)².</param>
/// <param name="MedianAbsoluteError">The median of |y - ŷ|, in the unit of y.</param>
/// <param name="MaxError">The largest |y - ŷ|, in the unit of y.</param>
/// <param name="Rows">The number of predictions.</param>
public sealed record RegressionMeasure(
    double? R2, double MAE, double RMSE, double MSE, double MedianAbsoluteError, double MaxError, int Rows)
{
    /// <summary>The figures as a text table.</summary>
    public string Report => string.Join('\n',
    [
        Row("R2", R2?.ToString("F4", CultureInfo.InvariantCulture) ?? "undefined"),
        Row("mean absolute error", Text(MAE)),
        Row("root mean squared error", Text(RMSE)),
        Row("mean squared error", Text(MSE)),
        Row("median absolute error", Text(MedianAbsoluteError)),
        Row("largest absolute error", Text(MaxError)),
        Row("rows", Rows.ToString(CultureInfo.InvariantCulture)),
    ]);

    /// <summary>Measures predictions against the true values.</summary>
    /// <param name="predicted">ŷ, at least one, all finite.</param>
    /// <param name="actual">y, one for each prediction.</param>
    /// <exception cref="ArgumentException">
    /// There are no numbers, or the numbers of predictions and true values differ.
    /// </exception>
    public static RegressionMeasure Compute(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        if (predicted.Length == 0 || predicted.Length != actual.Length)
        {
            throw new ArgumentException(
                $"{predicted.Length} predictions and {actual.Length} true values were given; "
                + "give the same number of each, at least one.",
                nameof(predicted));
        }

        double[] errors = new double[predicted.Length];
        double squares = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            double error = actual[i] - predicted[i];
            errors[i] = Math.Abs(error);
            squares += error * error;
        }

        double mean = errors.Sum() / errors.Length;
        Array.Sort(errors);
        double meanSquare = squares / errors.Length;
        return new RegressionMeasure(
            GetR2(squares, actual),
            mean,
            Math.Sqrt(meanSquare),
            meanSquare,
            GetMedian(errors),
            errors[^1],
            errors.Length);
    }

    /// <summary>The figures that are reported most.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"R2 {R2}, mean absolute error {MAE}, root mean squared error {RMSE}, {Quantity.Of(Rows, "row")}");

    // Without spread in the true values the ratio is undefined; as in scikit-learn, exact predictions then have 1,
    // others 0.
    private static double? GetR2(double squares, ReadOnlySpan<double> actual)
    {
        if (actual.Length < 2)
        {
            return null;
        }

        if (!actual.ContainsAnyExcept(actual[0]))
        {
            return squares == 0 ? 1 : 0;
        }

        double sum = 0;
        foreach (double y in actual)
        {
            sum += y;
        }

        double mean = sum / actual.Length;
        double total = 0;
        foreach (double y in actual)
        {
            total += (y - mean) * (y - mean);
        }

        return 1 - (squares / total);
    }

    private static double GetMedian(double[] sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    private static string Row(string name, string value) => $"{name,-23} {value,12}";

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
