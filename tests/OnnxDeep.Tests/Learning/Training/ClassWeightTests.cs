using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class ClassWeightTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void WeightsOfClassesOfOneSizeChangeNothing(int units)
    {
        // With as many rows in each class, every weight is 1.
        Dataset data = Count(units, [6, 6, 6]);

        Assert.Equal(Weights(Fit(data, balances: false)), Weights(Fit(data, balances: true)));
    }

    [Fact]
    public void WeightedRowsAreRepeatedRows()
    {
        // Of 6 + 2 rows, the weights are 2/3 and 2: up to a factor, the rare rows count three times.
        Dataset data = Count(1, [6, 2]);
        int[] repeated = [.. Enumerable.Range(0, 8).Concat([6, 7, 6, 7])];

        Network<float> weighted = Fit(data, balances: true);
        Network<float> expected = Fit(data.Select(repeated), balances: false);

        Assert.Equal(Weights(expected), Weights(weighted), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.NotEqual(Weights(Fit(data, balances: false)), Weights(weighted), (a, b) => Math.Abs(a - b) < 1e-2);
    }

    [Fact]
    public void LossOfAnEpochIsWeighted()
    {
        Dataset data = Count(1, [6, 2]);
        var zero = new Network<float>([new("dense", new float[2, 1], [1], Activation.Sigmoid)]);

        TrainingResult result = Trainer.Fit(zero, data, Options(balances: true) with { Epochs = 1 });

        // Every row has the logit 1: -ln(1 - p) is 1.3133 and -ln p is 0.3133, and each class weighs a half.
        Assert.Equal((1.3132617 + 0.3132617) / 2, result.History.Epochs[0].Loss, 1e-6);
    }

    // The first feature tells the classes apart, with overlap.
    private static Dataset Count(int units, int[] counts)
    {
        var random = new DeterministicRandom(9);
        int rows = units == 1 ? counts[0] + counts[1] : counts.Sum();
        float[,] features = new float[rows, 2];
        float[,] targets = new float[rows, units];
        for (int row = 0; row < rows; row++)
        {
            int label = row < counts[0] ? 0 : row < counts[0] + counts[1] ? 1 : 2;
            features[row, 0] = label + random.NextSingle(-1, 1);
            features[row, 1] = random.NextSingle(-1, 1);
            if (units == 1)
            {
                targets[row, 0] = label;
            }
            else
            {
                targets[row, label] = 1;
            }
        }

        return new Dataset(features, targets);
    }

    // One batch holds all rows, so a step is that of the whole loss.
    private static TrainingOptions Options(bool balances) => new()
    {
        Epochs = 400, BatchSize = 64, Shuffle = false, Optimizer = new Adam(0.05), BalancesClasses = balances,
    };

    private static Network<float> Fit(Dataset data, bool balances) => Trainer.Fit(
        Network.Create(
            2, [new(data.Units, data.Units == 1 ? Activation.Sigmoid : Activation.Softmax)], seed: 4),
        data,
        Options(balances) with
        {
            Loss = data.Units == 1 ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy,
        }).Network;

    private static float[] Weights(Network<float> network) =>
        [.. network.Layers[0].Weights.ToArray().Cast<float>(), .. network.Layers[0].Biases];
}
