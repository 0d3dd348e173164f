using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class TrainerOracleTests
{
    public static TheoryData<Activation, Activation, Loss, int, bool> Cases => new()
    {
        { Activation.ReLU, Activation.Sigmoid, Loss.BinaryCrossEntropy, 1, false },
        { Activation.Sigmoid, Activation.Sigmoid, Loss.BinaryCrossEntropy, 3, false },
        { Activation.Tanh, Activation.Softmax, Loss.CategoricalCrossEntropy, 4, false },
        { Activation.Linear, Activation.Linear, Loss.MeanSquaredError, 2, false },
        { Activation.ReLU, Activation.Linear, Loss.MeanAbsoluteError, 1, false },
        { Activation.Tanh, Activation.Tanh, Loss.MeanAbsoluteError, 2, true },
        { Activation.Tanh, Activation.Sigmoid, Loss.HalfSquaredError, 1, false },
        { Activation.Softmax, Activation.Softmax, Loss.MeanSquaredError, 3, false },
        { Activation.Sigmoid, Activation.Tanh, Loss.MeanSquaredError, 2, true },
        { Activation.ReLU, Activation.Softmax, Loss.CategoricalCrossEntropy, 3, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void WeightsEqualADoubleReferenceAfterTenEpochs(
        Activation hidden, Activation output, Loss loss, int units, bool sgd)
    {
        Dataset data = Samples.Blobs(rows: 33, inputs: 13, units, seed: 5);
        var network = Network.Create(13, [new(11, hidden), new(6, Activation.Tanh), new(units, output)], seed: 3);
        Optimizer optimizer = sgd ? new StochasticGradientDescent(0.05, 0.9) : new Adam();

        AssertEqualsReference(network, data, new TrainingOptions
        {
            Epochs = 10, BatchSize = 10, Loss = loss, Shuffle = false, Optimizer = optimizer,
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NotebookRecipeEqualsADoubleReference(ulong seed)
    {
        Dataset data = Samples.Blobs(rows: 70, inputs: 300, units: 1, seed);
        var network = Network.Create(300, [new(5, Activation.ReLU), new(1, Activation.Sigmoid)], seed);

        AssertEqualsReference(network, data, new TrainingOptions { Epochs = 10, BatchSize = 5, Shuffle = false });
    }

    private static void AssertEqualsReference(Network<float> network, Dataset data, TrainingOptions options)
    {
        var reference = new ReferenceTrainer(network);
        reference.Fit(data, options);

        Network<float> trained = Trainer.Fit(network, data, options).Network;

        for (int layer = 0; layer < network.Layers.Count; layer++)
        {
            AssertRelative(
                reference.Weights(layer).Cast<double>(), trained.Layers[layer].Weights.ToArray().Cast<float>());
            AssertRelative(reference.Biases(layer), trained.Layers[layer].Biases.ToArray());
        }
    }

    // Relative to the length of the parameter group, since a single weight may happen to end near zero.
    private static void AssertRelative(IEnumerable<double> expected, IEnumerable<float> actual)
    {
        double length = Math.Sqrt(expected.Sum(value => value * value));
        double error = Math.Sqrt(expected.Zip(actual, (e, a) => (e - a) * (e - a)).Sum());

        Assert.True(error <= 1e-5 * length, $"relative error {error / length:E2}");
    }
}
