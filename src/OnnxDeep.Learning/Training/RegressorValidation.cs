using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// The result of the cross-validation of a regressor: each row is a test row of one network that is not trained on it.
/// </summary>
/// <param name="Folds">The figures of each fold.</param>
/// <param name="All">The figures of all folds' predictions together.</param>
public sealed record RegressorValidation(IReadOnlyList<RegressionMeasure> Folds, RegressionMeasure All)
{
    /// <summary>The figures of each fold.</summary>
    public IReadOnlyList<RegressionMeasure> Folds { get; init; } = CellText.List(Folds);

    /// <summary>The mean R² of the folds; null if a fold has a single row, which has none.</summary>
    public double? Mean => Folds.All(fold => fold.R2 is not null) ? Folds.Average(fold => fold.R2) : null;

    /// <summary>
    /// The standard deviation of the folds' R²: the root of their mean squared distance from the mean.
    /// </summary>
    public double? StandardDeviation => Mean is double mean
        ? Math.Sqrt(Folds.Average(fold => (fold.R2!.Value - mean) * (fold.R2!.Value - mean)))
        : null;

    /// <summary>The smallest R² of a fold.</summary>
    public double? Minimum => Mean is null ? null : Folds.Min(fold => fold.R2);

    /// <summary>The largest R² of a fold.</summary>
    public double? Maximum => Mean is null ? null : Folds.Max(fold => fold.R2);

    /// <summary>The figures of each fold and their spread, as text.</summary>
    public string ToTable() => string.Join(
        '\n',
        [
            "Fold        R2          MAE         RMSE",
            .. Folds.Select((fold, index) => FormattableString.Invariant(
                $"{index + 1,4} {fold.R2,9:F4} {fold.MAE,12:G6} {fold.RMSE,12:G6}")),
            FormattableString.Invariant($" All {All.R2,9:F4} {All.MAE,12:G6} {All.RMSE,12:G6}"),
            string.Empty,
            Mean is null
                ? "R2 is undefined in folds of a single row."
                : FormattableString.Invariant($"R2: mean {Mean:F4}, standard deviation {StandardDeviation:F4}, ")
                    + FormattableString.Invariant($"from {Minimum:F4} to {Maximum:F4}."),
        ]);

    /// <summary>The mean, the deviation and the number of folds.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"R2 {Mean}, standard deviation {StandardDeviation}, {Quantity.Of(Folds.Count, "fold")}");

    /// <summary>Trains and tests a network for each fold.</summary>
    /// <param name="recipe">The settings; the test fraction is ignored.</param>
    /// <param name="source">The rows.</param>
    /// <param name="targets">The number of each row, finite as a 32-bit float.</param>
    /// <param name="folds">From 2 to the number of rows.</param>
    /// <param name="progress">Receives the fold, from 1, and each of its epochs, on this thread; may be null.</param>
    /// <param name="search">Receives the fold and the share of its comparison of candidates; may be null.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    public static RegressorValidation Run(
        TrainingRecipe recipe,
        ExampleSource source,
        IReadOnlyList<double> targets,
        int folds,
        Action<int, EpochMetrics>? progress = null,
        Action<int, double>? search = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(targets);
        var measures = new List<RegressionMeasure>(folds);
        var predicted = new List<double>(targets.Count);
        var actual = new List<double>(targets.Count);
        foreach (TrainedRegressor fold in TrainedRegressor.CrossValidate(
            recipe, source, targets, folds, progress, search, cancellationToken))
        {
            measures.Add(fold.Test!);
            predicted.AddRange(fold.TestOutputs.Cast<float>().Select(output => (double)output));
            actual.AddRange(fold.Split.Test.ToArray().Select(row => targets[row]));
        }

        return new RegressorValidation(measures, RegressionMeasure.Compute([.. predicted], [.. actual]));
    }
}
