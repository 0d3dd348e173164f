using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Tests.Learning.Networks;

public sealed class NetworkTests
{
    [Fact]
    public void ForwardIsTheNotebooksArithmetic()
    {
        // The notebook's light switch: w = -1, b = 50.
        var neuron = new Network<float>(
            [new DenseLayer<float>("dense", new float[,] { { -1 } }, [50], Activation.Linear)]);

        Assert.Equal(new float[,] { { -50 }, { 45 } }, neuron.Forward(new float[,] { { 100 }, { 5 } }));
    }

    [Fact]
    public void LayersFeedEachOther()
    {
        var network = new Network<float>(
        [
            new DenseLayer<float>("dense", new float[,] { { 1, -1 }, { 2, 1 } }, [0.5f, 0], Activation.ReLU),
            new DenseLayer<float>("dense_1", new float[,] { { 3 }, { -2 } }, [1], Activation.Linear),
        ]);

        // relu(1·1 + 2·3 + ½, -1 + 3) = (7.5, 2); 3·7.5 - 2·2 + 1 = 19.5
        Assert.Equal(19.5f, network.Forward(new float[,] { { 1, 3 } })[0, 0]);
    }

    [Fact]
    public void SoftmaxOfLargeLogitsStaysFinite()
    {
        var network = new Network<float>(
            [new DenseLayer<float>("dense", new float[,] { { 1000, 1000, -1000 } }, new float[3], Activation.Softmax)]);

        float[,] p = network.Forward(new float[,] { { 1 } });
        Assert.Equal((0.5f, 0.5f), (p[0, 0], p[0, 1]));
        Assert.InRange(p[0, 2], 0, 1e-37f);
    }

    [Fact]
    public void GlorotUniformStaysInItsLimitAndBiasesAreZero()
    {
        DenseLayer<float> layer = Network.Create(300, [new(5, Activation.ReLU)], seed: 1).Layers[0];

        double limit = Math.Sqrt(6.0 / 305);
        Assert.All(layer.Weights.ToArray().Cast<float>(), w => Assert.InRange(w, -limit, limit));
        Assert.InRange(layer.Weights.ToArray().Cast<float>().Max(), 0.95 * limit, limit);
        Assert.All(layer.Biases.ToArray(), b => Assert.Equal(0, b));
    }

    [Fact]
    public void NotebookInitializerDrawsWeightsAndBiasesAsItsFirstNetwork()
    {
        DenseLayer<float> layer =
            Network.Create(50, [new(50, Activation.Sigmoid)], 1, WeightInitializer.Notebook).Layers[0];

        Assert.Contains(layer.Weights.ToArray().Cast<float>(), w => w < -0.9f);
        Assert.All(layer.Weights.ToArray().Cast<float>(), w => Assert.InRange(w, -1f, 1f));
        Assert.All(layer.Biases.ToArray(), b => Assert.InRange(b, 0f, 1f));
    }

    [Fact]
    public void LayersAreNamedAsKerasNamesThem() => Assert.Equal(
        ["dense", "dense_1", "dense_2"],
        Network.Create(2, [new(2, Activation.Tanh), new(2, Activation.Tanh), new(1, Activation.Linear)], 1)
            .Layers.Select(layer => layer.Name));

    [Theory]
    [InlineData(3, 26)]
    [InlineData(300, 1511)]
    public void ParametersAreCountedAsKerasCountsThem(int inputs, int expected) => Assert.Equal(
        expected, Network.Create(inputs, [new(5, Activation.ReLU), new(1, Activation.Sigmoid)], 1).ParameterCount);

    [Fact]
    public void LayersThatDoNotFitAreRefused()
    {
        var first = new DenseLayer<float>("dense", new float[2, 3], new float[3], Activation.Tanh);
        var second = new DenseLayer<float>("dense_1", new float[2, 1], new float[1], Activation.Linear);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new Network<float>([first, second]));
        Assert.Contains("'dense_1' takes 2 inputs", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Network<float>([]));
        var twin = new DenseLayer<float>("dense", new float[3, 1], new float[1], Activation.Linear);
        Assert.Throws<ArgumentException>(() => new Network<float>([first, twin]));
        Assert.Throws<ArgumentException>(
            () => new DenseLayer<float>("dense", new float[2, 3], new float[2], Activation.Tanh));
    }

    [Fact]
    public void FeaturesOfAnotherWidthAreRefused() => Assert.Throws<ArgumentException>(
        () => Network.Create(3, [new(1, Activation.Sigmoid)], 1).Forward(new float[1, 4]));
}
