using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>A classifier trained from a recipe, with its test.</summary>
/// <param name="Recipe">The settings.</param>
/// <param name="Network">The trained network.</param>
/// <param name="History">The history of the training before the test.</param>
/// <param name="Final">
/// The history of the training that gave the network: the one on all rows if the recipe asks for it.
/// </param>
/// <param name="Split">The training and test rows.</param>
/// <param name="Test">The predictions for the test rows, from a network that was not trained on them.</param>
/// <param name="TestOutputs">[test rows, outputs]: the outputs of that network.</param>
/// <param name="Standardization">The scaling of the inputs; null for raw inputs.</param>
public sealed record TrainedClassifier(
    ClassifierRecipe Recipe,
    Network<float> Network,
    TrainingHistory History,
    TrainingHistory Final,
    DatasetSplit Split,
    ConfusionMatrix Test,
    float[,] TestOutputs,
    Standardization? Standardization = null)
{
    /// <summary>Splits the data, draws the weights, trains and tests.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="data">A data set with the inputs and outputs of the recipe's layers.</param>
    /// <param name="progress">Receives each epoch of the training before the test, on this thread.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <exception cref="OnnxDeepException">The loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainedClassifier Train(
        ClassifierRecipe recipe,
        Dataset data,
        Action<EpochMetrics>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(data);
        DatasetSplit split = data.Split(recipe.TestFraction, recipe.Seed, recipe.Stratified);
        var start = Networks.Network.Create(data.Inputs, recipe.Layers, recipe.Seed);
        (TrainingResult result, float[,] outputs, Standardization? scaling) =
            TrainAndTest(recipe, start, split, progress, cancellationToken);
        TrainingHistory final = result.History;
        Network<float> network = result.Network;
        if (recipe.TrainsOnAllRows)
        {
            scaling = recipe.Standardizes ? Data.Standardization.Of(data.Features) : null;
            TrainingResult all = TrainOnAllRows(
                start, scaling?.Apply(data) ?? data, recipe.Training, result.History.BestEpoch, cancellationToken);
            (network, final) = (all.Network, all.History);
        }

        return new TrainedClassifier(
            recipe, network, result.History, final, split, Measure(outputs, split.Test, recipe), outputs, scaling);
    }

    /// <summary>Trains on one part of the data and computes the outputs of the other.</summary>
    internal static (TrainingResult Result, float[,] Outputs, Standardization? Scaling) TrainAndTest(
        ClassifierRecipe recipe,
        Network<float> start,
        DatasetSplit split,
        Action<EpochMetrics>? progress,
        CancellationToken cancellationToken)
    {
        // From the training rows only: the test rows must stay unknown.
        Standardization? scaling = recipe.Standardizes ? Data.Standardization.Of(split.Train.Features) : null;
        TrainingResult result = Trainer.Fit(
            start, scaling?.Apply(split.Train) ?? split.Train, recipe.Training, progress, cancellationToken);
        Dataset test = scaling?.Apply(split.Test) ?? split.Test;
        return (result, result.Network.Forward(test.Features, cancellationToken), scaling);
    }

    /// <summary>Counts the predicted classes of rows.</summary>
    /// <param name="outputs">[rows, outputs].</param>
    /// <param name="data">The same rows, with their targets.</param>
    /// <param name="recipe">The settings, which name the classes.</param>
    internal static ConfusionMatrix Measure(float[,] outputs, Dataset data, ClassifierRecipe recipe)
    {
        var matrix = new ConfusionMatrix(Math.Max(2, data.Units)) { Labels = recipe.Labels };
        for (int row = 0; row < data.Rows; row++)
        {
            matrix.Add(data.GetClass(row), Classes.FromOutputs(outputs.AsSpan2D().GetRowSpan(row)));
        }

        return matrix;
    }

    private static TrainingResult TrainOnAllRows(
        Network<float> start, Dataset data, TrainingOptions options, int epochs, CancellationToken cancellationToken)
    {
        TrainingOptions same = options with { Epochs = epochs, ValidationFraction = 0, EarlyStopping = null };
        return Trainer.Fit(start, data, same, null, cancellationToken);
    }
}
