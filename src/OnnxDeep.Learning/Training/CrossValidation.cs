using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Learning.Training;

/// <summary>The result of cross-validation: each row is a test row of one network that is not trained on it.</summary>
/// <param name="Accuracies">The share of correct predictions in each fold.</param>
/// <param name="Confusion">The predictions of all folds together.</param>
public sealed record CrossValidation(IReadOnlyList<double> Accuracies, ConfusionMatrix Confusion)
{
    /// <summary>The share of correct predictions in each fold.</summary>
    public IReadOnlyList<double> Accuracies { get; init; } = CellText.List(Accuracies);

    /// <summary>The mean of the folds' accuracies.</summary>
    public double Mean => Accuracies.Average();

    /// <summary>
    /// The standard deviation of the folds' accuracies: the root of their mean squared distance from the mean.
    /// </summary>
    public double StandardDeviation => Math.Sqrt(Accuracies.Average(accuracy => (accuracy - Mean) * (accuracy - Mean)));

    /// <summary>The smallest accuracy of a fold.</summary>
    public double Minimum => Accuracies.Min();

    /// <summary>The largest accuracy of a fold.</summary>
    public double Maximum => Accuracies.Max();

    /// <summary>The accuracy of each fold and their spread, as text.</summary>
    public string ToTable() => string.Join(
        '\n',
        [
            "Fold  Accuracy",
            .. Accuracies.Select((accuracy, fold) => FormattableString.Invariant($"{fold + 1,4} {accuracy,9:F4}")),
            string.Empty,
            FormattableString.Invariant($"Mean {Mean:F4}, standard deviation {StandardDeviation:F4}, ")
                + FormattableString.Invariant($"from {Minimum:F4} to {Maximum:F4}."),
        ]);

    /// <summary>The mean, the deviation and the number of folds.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"accuracy {Mean}, standard deviation {StandardDeviation}, {Quantity.Of(Accuracies.Count, "fold")}");

    /// <summary>Trains and tests a network for each fold.</summary>
    /// <param name="recipe">The settings; the test fraction is ignored.</param>
    /// <param name="examples">Rows with the outputs of the recipe's layers.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="progress">Receives the fold, from 1, and each of its epochs, on this thread; may be null.</param>
    /// <param name="search">
    /// Receives the fold and the share of its comparison of candidates that is done, on this thread; may be null.
    /// </param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    public static CrossValidation Run(
        ClassifierRecipe recipe,
        TrainingExamples examples,
        int folds,
        Action<int, EpochMetrics>? progress = null,
        Action<int, double>? search = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(examples);
        var accuracies = new List<double>(folds);
        var all = new ConfusionMatrix(Math.Max(2, examples.Units)) { Labels = recipe.Labels };
        foreach (TrainedNetwork network in TrainedNetwork.CrossValidate(
            recipe, examples, folds, progress, search, cancellationToken))
        {
            ConfusionMatrix test = TrainedClassifier.Measure(network, recipe, examples, cancellationToken).Test;
            all.Add(test);
            accuracies.Add(test.Accuracy);
        }

        return new CrossValidation(accuracies, all);
    }
}
