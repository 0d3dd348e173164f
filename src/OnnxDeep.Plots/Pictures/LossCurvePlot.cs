namespace OnnxDeep.Plots.Pictures;

/// <summary>
/// The notebook's two pictures of a loss: the squared error (y - ŷ)² of one estimate with a tangent, and the
/// residuals of a regression, whose mean square is the MSE.
/// </summary>
public sealed record LossCurvePlot : PlotData
{
    private static readonly double[] s_sampleX = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    private static readonly double[] s_sampleY = [2.9, 1.8, 4.6, 3.5, 6.9, 5.2, 8.6, 6.4, 9.8, 8.3];

    private LossCurvePlot(double truth, double at, LinearFit fit)
    {
        Truth = truth;
        At = at;
        Fit = fit;
    }

    /// <inheritdoc/>
    public override string DefaultTitle => "How a loss measures error";

    /// <summary>The true output y.</summary>
    public double Truth { get; }

    /// <summary>The estimate ŷ at which the tangent is drawn.</summary>
    public double At { get; }

    /// <summary>The regression.</summary>
    public LinearFit Fit { get; }

    /// <summary>The squared error at <see cref="At"/>.</summary>
    public double Error => SquaredError(At);

    /// <summary>The slope at <see cref="At"/>: d(y - ŷ)²/dŷ = 2(ŷ - y).</summary>
    public double Slope => 2 * (At - Truth);

    /// <summary>Creates the plot.</summary>
    /// <param name="truth">The true output; 1 in the notebook.</param>
    /// <param name="at">The estimate at which the tangent is drawn; 3 in the notebook.</param>
    /// <param name="x">The x values of the regression; null for a sample.</param>
    /// <param name="y">A value for each x; null if x is null.</param>
    /// <exception cref="OnnxDeepException">The points do not define a regression.</exception>
    public static LossCurvePlot Create(
        double truth, double at, IReadOnlyList<double>? x = null, IReadOnlyList<double>? y = null) =>
        !double.IsFinite(truth) || !double.IsFinite(at)
            ? throw new OnnxDeepException(
                ErrorIds.PlotPointsInvalid,
                $"The true output {truth} and the estimate {at} must both be finite. Use numbers such as 1 and 3.")
            : new(
                truth,
                at,
                x is null && y is null ? LinearFit.Of(s_sampleX, s_sampleY) : LinearFit.Of(x ?? [], y ?? []));

    /// <summary>Returns (y - ŷ)².</summary>
    public double SquaredError(double estimate) => (Truth - estimate) * (Truth - estimate);
}
