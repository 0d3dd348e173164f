using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>A recipe carried out.</summary>
/// <param name="Recipe">What was carried out.</param>
/// <param name="Network">The network to keep.</param>
/// <param name="History">The training that was tested.</param>
/// <param name="Final">The training that the network to keep comes from.</param>
/// <param name="Split">The rows that it was trained and tested on.</param>
/// <param name="Test">How the test rows were classified, before any of them was trained on.</param>
/// <param name="TestOutputs">[test rows, outputs]: what the network that was tested gave for each.</param>
/// <param name="Standardization">What the network's inputs went through before; null for raw ones.</param>
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
    /// <summary>Splits, draws weights, trains and tests.</summary>
    /// <param name="recipe">How.</param>
    /// <param name="data">As many inputs and outputs as the recipe's layers.</param>
    /// <param name="progress">Told after each epoch of the training that is tested, on this thread.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <exception cref="OnnxDeepException">The loss left the range of numbers.</exception>
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
            recipe, network, result.History, final, split, Measure(outputs, split.Test), outputs, scaling);
    }

    /// <summary>Trains on one part of the data and runs the network on the other.</summary>
    internal static (TrainingResult Result, float[,] Outputs, Standardization? Scaling) TrainAndTest(
        ClassifierRecipe recipe,
        Network<float> start,
        DatasetSplit split,
        Action<EpochMetrics>? progress,
        CancellationToken cancellationToken)
    {
        // By the training rows alone: the test rows are not known yet.
        Standardization? scaling = recipe.Standardizes ? Data.Standardization.Of(split.Train.Features) : null;
        TrainingResult result = Trainer.Fit(
            start, scaling?.Apply(split.Train) ?? split.Train, recipe.Training, progress, cancellationToken);
        return (result, result.Network.Forward((scaling?.Apply(split.Test) ?? split.Test).Features), scaling);
    }

    /// <summary>How rows were classified.</summary>
    /// <param name="outputs">[rows, outputs].</param>
    /// <param name="data">The same rows with their classes.</param>
    internal static ConfusionMatrix Measure(float[,] outputs, Dataset data)
    {
        var matrix = new ConfusionMatrix(Math.Max(2, data.Units));
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
