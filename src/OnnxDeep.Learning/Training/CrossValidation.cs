using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;

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

    /// <summary>The mean, the deviation and the number of folds.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"accuracy {Mean}, standard deviation {StandardDeviation}, {Quantity.Of(Accuracies.Count, "fold")}");

    /// <summary>Trains and tests a network for each fold.</summary>
    /// <param name="recipe">The settings; the test fraction is ignored.</param>
    /// <param name="data">A data set with the inputs and outputs of the recipe's layers.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="progress">Receives the fold, from 1, and each of its epochs, on this thread; may be null.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    public static CrossValidation Run(
        ClassifierRecipe recipe,
        Dataset data,
        int folds,
        Action<int, EpochMetrics>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var accuracies = new List<double>(folds);
        var all = new ConfusionMatrix(Math.Max(2, data.Units)) { Labels = recipe.Labels };
        var start = Network.Create(data.Inputs, recipe.Layers, recipe.Seed);
        foreach (DatasetSplit split in data.EnumerateFolds(folds, recipe.Seed))
        {
            int fold = accuracies.Count + 1;
            (_, float[,] outputs, _) = TrainedClassifier.TrainAndTest(
                recipe, start, split, metrics => progress?.Invoke(fold, metrics), cancellationToken);
            ConfusionMatrix test = TrainedClassifier.Measure(outputs, split.Test, recipe);
            all.Add(test);
            accuracies.Add(test.Accuracy);
        }

        return new CrossValidation(accuracies, all);
    }
}
