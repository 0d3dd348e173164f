using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class TrainerTests
{
    private static readonly Dense[] s_layers = [new(4, Activation.Tanh), new(1, Activation.Sigmoid)];

    private static readonly Dataset s_data = Samples.Blobs(rows: 47, inputs: 9, units: 1, seed: 11);

    [Fact]
    public void LearnsWhatCanBeLearnt()
    {
        TrainingResult result = Fit(new TrainingOptions { Epochs = 200, BatchSize = 8, Optimizer = new Adam(0.01) });

        Assert.True(result.History.Epochs[^1].Loss < 0.2 * result.History.Epochs[0].Loss);
        Assert.True(result.History.Epochs[^1].Accuracy > 0.95);
    }

    [Fact]
    public void LearnsExclusiveOrWhichNoSingleNeuronCan()
    {
        var data = new Dataset(
            new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }, new float[,] { { 0 }, { 1 }, { 1 }, { 0 } });
        var network = Network.Create(2, [new(4, Activation.Tanh), new(1, Activation.Sigmoid)], seed: 2);

        TrainingResult result = Trainer.Fit(
            network, data, new TrainingOptions { Epochs = 800, BatchSize = 4, Optimizer = new Adam(0.02) });

        Assert.Equal(1, result.History.Epochs[^1].Accuracy);
    }

    [Fact]
    public void EveryRowIsTrainedOnOnceAnEpochWithASmallerLastBatch()
    {
        TrainingResult result = Fit(new TrainingOptions { Epochs = 3, BatchSize = 10 });

        Assert.All(result.History.Epochs, epoch => Assert.Equal(47, epoch.Confusion!.Total));
    }

    [Fact]
    public void SameSeedGivesTheSameWeightsAndAnotherSeedOthers()
    {
        var options = new TrainingOptions { Epochs = 3, BatchSize = 5, Seed = 1 };

        Assert.Equal(Weights(Fit(options)), Weights(Fit(options)));
        Assert.NotEqual(Weights(Fit(options)), Weights(Fit(options with { Seed = 2 })));
    }

    [Fact]
    public void LayerWithoutBiasesLearnsWithoutThem()
    {
        DenseLayer<float>[] layers =
        [
            .. Network.Create(9, s_layers, seed: 3).Layers
                .Select((layer, i) => new DenseLayer<float>(
                    layer.Name, layer.Weights, i == 0 ? [] : layer.Biases, layer.Activation)),
        ];

        Network<float> trained = Trainer.Fit(
            new Network<float>(layers), s_data, new TrainingOptions { Epochs = 5, BatchSize = 8 }).Network;

        Assert.Equal([false, true], trained.Layers.Select(layer => layer.HasBiases));
        Assert.Equal(new float[4], trained.Layers[0].Biases.ToArray());
        Assert.NotEqual(0, trained.Layers[1].Biases[0]);
        Assert.NotEqual(layers[0].Weights.ToArray(), trained.Layers[0].Weights.ToArray());
    }

    [Fact]
    public void ShuffleOffTakesTheRowsAsGiven()
    {
        var options = new TrainingOptions { Epochs = 3, BatchSize = 5, Shuffle = false, Seed = 1 };

        Assert.Equal(Weights(Fit(options)), Weights(Fit(options with { Seed = 2 })));
        Assert.NotEqual(Weights(Fit(options)), Weights(Fit(options with { Shuffle = true })));
    }

    [Fact]
    public void TheGivenNetworkStaysAsItIs()
    {
        var network = Network.Create(9, s_layers, seed: 4);
        float[,] before = network.Layers[0].Weights.ToArray();

        Trainer.Fit(network, s_data, new TrainingOptions());

        Assert.Equal(before, network.Layers[0].Weights.ToArray());
    }

    [Fact]
    public void ValidationRowsAreHeldBack()
    {
        TrainingResult result = Fit(new TrainingOptions { ValidationFraction = 0.25 });

        Assert.All(result.History.Epochs, epoch =>
        {
            Assert.Equal(12, epoch.ValidationConfusion!.Total);
            Assert.Equal(35, epoch.Confusion!.Total);
            Assert.NotNull(epoch.ValidationLoss);
        });
    }

    [Fact]
    public void EarlyStoppingGoesBackToTheBestWeights()
    {
        // A learning rate that soon overshoots: the best epoch is well before the last.
        var options = new TrainingOptions
        {
            Epochs = 300, BatchSize = 4, ValidationFraction = 0.3, Optimizer = new Adam(0.05),
            EarlyStopping = new EarlyStopping(Patience: 7),
        };

        TrainingResult stopped = Fit(options);

        double best = stopped.History.Epochs.Min(epoch => epoch.ValidationLoss!.Value);
        Assert.True(stopped.History.StoppedEarly);
        Assert.Equal(stopped.History.BestEpoch + 7, stopped.History.Epochs.Count);
        Assert.Equal(best, stopped.History.Epochs[stopped.History.BestEpoch - 1].ValidationLoss);
        TrainingResult exact = Fit(options with { Epochs = stopped.History.BestEpoch, EarlyStopping = null });
        Assert.Equal(Weights(exact), Weights(stopped));
    }

    [Fact]
    public void ProgressHearsOfEachEpochInOrder()
    {
        var heard = new List<int>();

        Trainer.Fit(
            Network.Create(9, s_layers, seed: 4),
            s_data,
            new TrainingOptions { Epochs = 4 },
            epoch => heard.Add(epoch.Epoch));

        Assert.Equal([1, 2, 3, 4], heard);
    }

    [Fact]
    public void CancellationEndsTrainingBetweenBatches()
    {
        using var source = new CancellationTokenSource();
        int epochs = 0;

        Assert.Throws<OperationCanceledException>(() => Trainer.Fit(
            Network.Create(9, s_layers, seed: 4),
            s_data,
            new TrainingOptions { Epochs = 1_000_000 },
            _ =>
            {
                if (++epochs == 2)
                {
                    source.Cancel();
                }
            },
            source.Token));
        Assert.Equal(2, epochs);
    }

    [Fact]
    public void EpochLossIsTheMeanOverItsRows()
    {
        // With a learning rate of zero, nothing changes, so the epoch's loss is the network's own loss on all rows.
        var network = Network.Create(9, s_layers, seed: 4);
        float[,] p = network.Forward(s_data.Features);
        double expected = Enumerable.Range(0, s_data.Rows)
            .Average(row => -Math.Log(s_data.GetClass(row) == 1 ? p[row, 0] : 1.0 - p[row, 0]));

        TrainingResult result = Trainer.Fit(
            network, s_data, new TrainingOptions { Epochs = 1, Optimizer = new StochasticGradientDescent(0) });

        Assert.Equal(expected, result.History.Epochs[0].Loss, 1e-6);
    }

    [Fact]
    public void LossOfSeveralOutputsIsThatOfEachRow()
    {
        // Logits so far apart that e to the largest overflows, and rows that differ.
        float[,] weights = { { 0, 1000, 500 }, { 1, 2, 3 } };
        var network = new Network<float>(
            [new DenseLayer<float>("dense", weights.AsSpan2D(), [0, 0, 0], Activation.Softmax)]);
        var data = new Dataset(
            new float[,] { { 1, 0 }, { 0, 1 }, { -1, 0 } }, new float[,] { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } });

        TrainingResult result = Trainer.Fit(network, data, new TrainingOptions
        {
            Epochs = 1, Loss = Loss.CategoricalCrossEntropy, Optimizer = new StochasticGradientDescent(0),
            Shuffle = false,
        });

        // 1000 - 500, ln(1 + e + e^2), and 0 + 1000.
        Assert.Equal((500 + Math.Log(1 + Math.E + (Math.E * Math.E)) + 1000) / 3, result.History.Epochs[0].Loss, 1e-9);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(100)]
    public void ValidationLossIsTheMeanOverTheRowsThatAreHeldBack(int batchSize)
    {
        // Nothing changes, so the losses of both parts together are the network's own loss on all rows.
        var network = Network.Create(9, s_layers, seed: 4);
        float[,] p = network.Forward(s_data.Features);
        double expected = Enumerable.Range(0, s_data.Rows)
            .Sum(row => -Math.Log(s_data.GetClass(row) == 1 ? p[row, 0] : 1.0 - p[row, 0]));

        TrainingHistory history = Trainer.Fit(network, s_data, new TrainingOptions
        {
            Epochs = 2, BatchSize = batchSize, ValidationFraction = 0.25, Optimizer = new StochasticGradientDescent(0),
        }).History;

        Assert.All(history.Epochs, epoch => Assert.Equal(
            expected,
            (epoch.Loss * epoch.Confusion!.Total) + (epoch.ValidationLoss!.Value * epoch.ValidationConfusion!.Total),
            1e-4));
        Assert.Equal((2, false), (history.BestEpoch, history.StoppedEarly));
        Assert.Equal(2, history.Epochs[0].ValidationConfusion!.ClassCount);
        Assert.Equal(2, history.Epochs[0].Confusion!.ClassCount);
    }

    [Fact]
    public void NullsAreRefusedByName()
    {
        var network = Network.Create(9, s_layers, seed: 4);

        Assert.Throws<ArgumentNullException>("network", () => Trainer.Fit(null!, s_data, new TrainingOptions()));
        Assert.Throws<ArgumentNullException>("data", () => Trainer.Fit(network, null!, new TrainingOptions()));
        Assert.Throws<ArgumentNullException>("options", () => Trainer.Fit(network, s_data, null!));
    }

    [Theory]
    [InlineData(Loss.BinaryCrossEntropy, Activation.Linear)]
    [InlineData(Loss.CategoricalCrossEntropy, Activation.Sigmoid)]
    public void CrossEntropyOverOtherOutputsIsRefused(Loss loss, Activation output)
    {
        var network = Network.Create(9, [new(1, output)], seed: 1);

        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Trainer.Fit(network, s_data, new TrainingOptions { Loss = loss }));
        Assert.Contains(output.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DataOfAnotherShapeIsRefused() => Assert.Throws<ArgumentException>(
        () => Trainer.Fit(Network.Create(8, s_layers, seed: 1), s_data, new TrainingOptions()));

    [Fact]
    public void EarlyStoppingWithoutValidationRowsIsRefused() => Assert.Throws<ArgumentException>(
        () => Fit(new TrainingOptions { EarlyStopping = new EarlyStopping() }));

    [Fact]
    public void PatienceBelowZeroIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Fit(new TrainingOptions { ValidationFraction = 0.3, EarlyStopping = new EarlyStopping(-1) }));

    [Fact]
    public void DefaultsAreKeras()
    {
        var options = new TrainingOptions();

        Assert.Equal((10, 32, 42UL, true), (options.Epochs, options.BatchSize, options.Seed, options.Shuffle));
        Assert.Equal(
            (Loss.BinaryCrossEntropy, new Adam(0.001, 0.9, 0.999, 1e-7), 0.0, null),
            (options.Loss, options.Optimizer, options.ValidationFraction, options.EarlyStopping));
    }

    [Fact]
    public void ValidationRowsKeepTheSharesOfTheClasses()
    {
        // A fifth of the rows are in class 1: without stratification, holding back 4 of 20 each time would be luck.
        float[,] features = new float[40, 1];
        float[,] targets = new float[40, 1];
        for (int i = 0; i < 8; i++)
        {
            targets[i * 5, 0] = 1;
        }

        for (ulong seed = 0; seed < 5; seed++)
        {
            EpochMetrics epoch = Trainer.Fit(
                Network.Create(1, [new(1, Activation.Sigmoid)], seed: 1),
                new Dataset(features, targets),
                new TrainingOptions { Epochs = 1, ValidationFraction = 0.5, Seed = seed }).History.Epochs[0];

            Assert.Equal(4, epoch.ValidationConfusion!.Support(1));
            Assert.Equal(4, epoch.Confusion!.Support(1));
        }
    }

    [Fact]
    public void PatienceOfZeroStopsAtTheFirstEpochThatIsNoBetter()
    {
        TrainingResult result = Fit(new TrainingOptions
        {
            Epochs = 300, BatchSize = 4, ValidationFraction = 0.3, Optimizer = new Adam(0.05),
            EarlyStopping = new EarlyStopping(0),
        });

        Assert.True(result.History.BestEpoch >= 1);
        Assert.Equal(result.History.BestEpoch + 1, result.History.Epochs.Count);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void ValidationFractionOutsideItsRangeIsRefused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Fit(new TrainingOptions { ValidationFraction = fraction }));

    [Theory]
    [InlineData(-0.1, 0.9)]
    [InlineData(double.NaN, 0.9)]
    [InlineData(0.1, 1)]
    public void OptimizerSettingsOutsideTheirRangesAreRefused(double rate, double beta) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new TrainingOptions { Optimizer = new Adam(rate, beta) }));

    [Fact]
    public void DivergedTrainingIsAnErrorAndNoNetwork()
    {
        var network = Network.Create(9, [new(4, Activation.Linear), new(1, Activation.Linear)], seed: 4);
        var options = new TrainingOptions
        {
            Epochs = 1000, Loss = Loss.MeanSquaredError, Optimizer = new StochasticGradientDescent(1e6),
        };

        var error = Assert.Throws<OnnxDeepException>(() => Trainer.Fit(network, s_data, options));
        Assert.Equal("TrainingDiverged", error.ErrorId);
        Assert.Matches(@"epoch \d+ is", error.Message);
    }

    [Fact]
    public void SoftTargetsOfCategoricalCrossEntropyFollowItsGradient()
    {
        // Targets that add up to two: the update must follow the definition of the loss, which the reference uses.
        var data = new Dataset(new float[,] { { 1, -1 }, { 0.5f, 2 } }, new float[,] { { 1, 1, 0 }, { 0, 0.5f, 0 } });
        var network = Network.Create(2, [new(3, Activation.Softmax)], seed: 1);
        var options = new TrainingOptions
        {
            Epochs = 3, BatchSize = 2, Shuffle = false, Loss = Loss.CategoricalCrossEntropy,
            Optimizer = new StochasticGradientDescent(0.1),
        };
        var reference = new ReferenceTrainer(network);
        reference.Fit(data, options);

        float[,] weights = Trainer.Fit(network, data, options).Network.Layers[0].Weights.ToArray();

        Assert.All(
            weights.Cast<float>().Zip(reference.Weights(0).Cast<double>()),
            pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void EpochsAndBatchesArePositive(int epochs, int batchSize) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Fit(new TrainingOptions { Epochs = epochs, BatchSize = batchSize }));

    private static TrainingResult Fit(TrainingOptions options) =>
        Trainer.Fit(Network.Create(9, s_layers, seed: 4), s_data, options);

    private static IEnumerable<float> Weights(TrainingResult result) => result.Network.Layers
        .SelectMany(layer => layer.Weights.ToArray().Cast<float>().Concat(layer.Biases.ToArray()));
}
