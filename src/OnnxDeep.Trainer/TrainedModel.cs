using OnnxDeep.Data;
using OnnxDeep.Metrics;
using OnnxDeep.Networks;
using OnnxDeep.Training;

namespace OnnxDeep.Trainer;

/// <summary>A recipe carried out.</summary>
internal sealed record TrainedModel(
    Recipe Recipe, Network Network, TrainingHistory History, DatasetSplit Split, ConfusionMatrix Test)
{
    /// <summary>Splits, draws weights, trains and tests.</summary>
    public static TrainedModel Train(Recipe recipe, Dataset data, Action<EpochMetrics>? progress = null)
    {
        DatasetSplit split = data.Split(recipe.TestFraction, recipe.Seed, recipe.Stratified);
        var start = Network.Create(data.Inputs, recipe.Layers, recipe.Seed);
        TrainingResult result = Training.Trainer.Fit(start, split.Train, recipe.Training, progress);
        return new TrainedModel(recipe, result.Network, result.History, split, Measure(result.Network, split.Test));
    }

    private static ConfusionMatrix Measure(Network network, Dataset test)
    {
        float[,] outputs = network.Forward(test.Features);
        var matrix = new ConfusionMatrix(2);
        for (int row = 0; row < test.Rows; row++)
        {
            matrix.Add(test.GetClass(row), Classes.FromOutputs([outputs[row, 0]]));
        }

        return matrix;
    }
}
