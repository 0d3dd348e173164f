using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Plots.Pictures;

/// <summary>
/// Predicted numbers and the true ones: the residuals over the predictions, and the true values over the predictions.
/// </summary>
public sealed record ResidualPlot : PlotData
{
    // Axes need sums and differences of the values.
    private const double Farthest = 1e100;

    private ResidualPlot(double[] predicted, double[] actual, RegressionMeasure measure) =>
        (Predicted, Actual, Measure) = (predicted, actual, measure);

    /// <inheritdoc/>
    public override string DefaultTitle => "Residuals";

    /// <summary>The predictions ŷ.</summary>
    public IReadOnlyList<double> Predicted { get; }

    /// <summary>The true value y of each prediction.</summary>
    public IReadOnlyList<double> Actual { get; }

    /// <summary>The figures of the predictions.</summary>
    public RegressionMeasure Measure { get; }

    /// <summary>The residuals y - ŷ, positive if a prediction is too low.</summary>
    public IEnumerable<double> Residuals => Actual.Zip(Predicted, (y, estimate) => y - estimate);

    /// <summary>Creates a plot.</summary>
    /// <param name="predicted">ŷ, at least one, all finite.</param>
    /// <param name="actual">y, one for each prediction.</param>
    /// <exception cref="OnnxDeepException">
    /// There are no numbers, or not equally many of both, or one is infinite or too large to draw.
    /// </exception>
    public static ResidualPlot Create(IReadOnlyList<double> predicted, IReadOnlyList<double> actual)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(actual);
        if (predicted.Count == 0
            || predicted.Count != actual.Count
            || !predicted.Concat(actual).All(value => Math.Abs(value) <= Farthest))
        {
            throw new OnnxDeepException(
                ErrorIds.PlotPointsInvalid,
                FormattableString.Invariant($"{predicted.Count} predictions and {actual.Count} true values have no ")
                + FormattableString.Invariant($"residuals to draw: there must be as many of both, at least one, and ")
                + FormattableString.Invariant($"all must be numbers from -{Farthest} to {Farthest}."));
        }

        double[] estimates = [.. predicted];
        double[] truths = [.. actual];
        return new ResidualPlot(estimates, truths, RegressionMeasure.Compute(estimates, truths));
    }
}
