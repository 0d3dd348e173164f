using OnnxDeep.Data;
using OnnxDeep.Metrics;
using OnnxDeep.Networks;
using OnnxDeep.Training;

namespace OnnxDeep.CommandLine;

/// <summary>A recipe carried out.</summary>
/// <param name="Recipe">What was carried out.</param>
/// <param name="Network">The network to ship.</param>
/// <param name="History">The training that was tested.</param>
/// <param name="Final">The training that the network to ship comes from.</param>
/// <param name="Split">The rows that it was trained and tested on.</param>
/// <param name="Test">How the test rows were classified, before any of them was trained on.</param>
internal sealed record TrainedModel(
    Recipe Recipe,
    Network Network,
    TrainingHistory History,
    TrainingHistory Final,
    DatasetSplit Split,
    ConfusionMatrix Test)
{
    /// <summary>Splits, draws weights, trains and tests.</summary>
    public static TrainedModel Train(Recipe recipe, Dataset data, Action<EpochMetrics>? progress = null)
    {
        DatasetSplit split = data.Split(recipe.TestFraction, recipe.Seed, recipe.Stratified);
        var start = Network.Create(data.Inputs, recipe.Layers, recipe.Seed);
        TrainingResult result = Trainer.Fit(start, split.Train, recipe.Training, progress);
        ConfusionMatrix test = Measure(result.Network, split.Test);
        TrainingResult final = recipe.TrainsOnAllRows
            ? TrainOnAllRows(start, data, recipe.Training, result.History.BestEpoch)
            : result;
        return new TrainedModel(recipe, final.Network, result.History, final.History, split, test);
    }

    private static TrainingResult TrainOnAllRows(Network start, Dataset data, TrainingOptions options, int epochs)
    {
        TrainingOptions same = options with { Epochs = epochs, ValidationFraction = 0, EarlyStopping = null };
        return Trainer.Fit(start, data, same);
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
