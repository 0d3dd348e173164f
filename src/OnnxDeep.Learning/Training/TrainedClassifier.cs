using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Learning.Training;

/// <summary>A classifier trained from a recipe, with its test.</summary>
public sealed record TrainedClassifier : TrainedNetwork
{
    private TrainedClassifier(TrainedNetwork network, ClassifierRecipe recipe, ConfusionMatrix test)
        : base(network) => (Recipe, Test) = (recipe, test);

    /// <summary>The settings.</summary>
    public ClassifierRecipe Recipe { get; }

    /// <summary>The predictions for the test rows, from a network that was not trained on them.</summary>
    public ConfusionMatrix Test { get; }

    /// <summary>Splits the rows, draws the weights, trains and tests.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="examples">Rows with the outputs of the recipe's layers.</param>
    /// <param name="progress">Receives each epoch of the training before the test, on this thread.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <exception cref="OnnxDeepException">The loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainedClassifier Train(
        ClassifierRecipe recipe,
        TrainingExamples examples,
        Action<EpochMetrics>? progress = null,
        CancellationToken cancellationToken = default) =>
        Measure(TrainedNetwork.Train(recipe, examples, progress, cancellationToken), recipe, examples);

    /// <summary>Counts the predicted classes of a network's test rows.</summary>
    internal static TrainedClassifier Measure(
        TrainedNetwork network, ClassifierRecipe recipe, TrainingExamples examples)
    {
        var matrix = new ConfusionMatrix(Math.Max(2, examples.Units)) { Labels = recipe.Labels };
        ReadOnlySpan<int> rows = network.Split.Test.Span;
        for (int i = 0; i < rows.Length; i++)
        {
            matrix.Add(
                examples.GetClass(rows[i]), Classes.FromOutputs(network.TestOutputs.AsSpan2D().GetRowSpan(i)));
        }

        return new TrainedClassifier(network, recipe, matrix);
    }
}
