using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Explanation;
using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Tests.Learning.Explanation;

public sealed class IntegratedGradientsTests
{
    // Computed with 400,000 midpoints of the path in NumPy.
    [Theory]
    [InlineData(
        new double[] { 1, 2, 3 }, new double[] { 0, 0, 0 }, false, new[] { 0.491188, -0.374168, 0.561410 }, 0.678430)]
    [InlineData(
        new[] { -1, 0.5, 2 }, new double[] { 0, 0, 0 }, false, new[] { -0.289506, -0.007807, 0.129139 }, -0.168174)]
    [InlineData(
        new double[] { 1, 2, 3 }, new[] { 0.5, -1, 1 }, false, new[] { 0.037948, -0.095731, 0.109213 }, 0.051430)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 0, 0, 0 }, true, new[] { 3.5, -2.428572, 4.178571 }, 5.25)]
    [InlineData(new[] { -1, 0.5, 2 }, new double[] { 0, 0, 0 }, true, new[] { -2, 0.000001, 1.000001 }, -1)]
    [InlineData(new double[] { 1, 2, 3 }, new[] { 0.5, -1, 1 }, true, new[] { 1, -1.875, 2.625 }, 1.75)]
    public void ContributionsAreThoseOfAFinePath(
        double[] inputs, double[] baseline, bool ofLogit, double[] expected, double sum)
    {
        Attribution found = IntegratedGradients.Compute(CreateReLU(), inputs, baseline, 0, ofLogit);

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found.Contributions[i], 2e-6);
        }

        Assert.Equal(sum, found.Output - found.BaselineOutput, 2e-6);
    }

    [Theory]
    [InlineData(Activation.ReLU, Activation.Sigmoid, 1)]
    [InlineData(Activation.ReLU, Activation.Softmax, 3)]
    [InlineData(Activation.ReLU, Activation.Linear, 2)]
    [InlineData(Activation.Tanh, Activation.Softmax, 3)]
    [InlineData(Activation.Sigmoid, Activation.Sigmoid, 1)]
    public void ContributionsAddUpToTheDifference(Activation hidden, Activation output, int units)
    {
        var random = new Random(17);
        for (ulong seed = 0; seed < 8; seed++)
        {
            Network<double> network = Network.Create(
                7,
                [new Dense(9, hidden), new Dense(6, Activation.ReLU), new Dense(units, output)],
                seed,
                WeightInitializer.Notebook).Widen();
            double[] inputs = [.. Enumerable.Range(0, 7).Select(_ => random.NextDouble() * 20 - 10)];
            double[] baseline = [.. Enumerable.Range(0, 7).Select(_ => random.NextDouble() - 0.5)];

            Attribution found = IntegratedGradients.Compute(network, inputs, baseline, units - 1);

            double[,] outputs = network.Forward(new ReadOnlySpan2D<double>(inputs, 1, 7));
            Assert.Equal(outputs[0, units - 1], found.Output, 1e-12);
            Assert.Equal(found.Output - found.BaselineOutput, found.Contributions.Sum(), 1e-9);
        }
    }

    [Fact]
    public void ContributionsToALinearOutputAreWeightTimesDistance()
    {
        var network = new Network<double>(
            [new DenseLayer<double>("y", new double[,] { { 2 }, { -3 }, { 0 } }.AsSpan2D(), [5], Activation.Linear)]);

        Attribution found = IntegratedGradients.Compute(network, [1, 2, 3], [0, 1, 1], 0);

        Assert.Equal([2, -3, 0], found.Contributions);
        Assert.Equal(1, found.Output);
        Assert.Equal(2, found.BaselineOutput);
    }

    [Fact]
    public void EqualRowsContributeNothing()
    {
        Attribution found = IntegratedGradients.Compute(CreateReLU(), [1, 2, 3], [1, 2, 3], 0);

        Assert.Equal([0, 0, 0], found.Contributions);
    }

    [Fact]
    public void HugeInputsStillAddUp()
    {
        Attribution found = IntegratedGradients.Compute(
            CreateReLU(), [1e6, -2e6, 3e5], [-1e5, 1e6, 0], 0, ofLogit: true);

        Assert.Equal(
            found.Output - found.BaselineOutput,
            found.Contributions.Sum(),
            1e-9 * found.Contributions.Sum(Math.Abs));
    }

    private static Network<double> CreateReLU()
    {
        double[,] hidden = { { 1, -2, 0.5, 0 }, { -1, 1, 1, 2 }, { 0.5, 0, -1, 1 } };
        double[,] output = { { 1.5 }, { -1 }, { 2 }, { 0.75 } };
        return new Network<double>(
        [
            new DenseLayer<double>("hidden", hidden.AsSpan2D(), [0, 0.5, -0.25, -1], Activation.ReLU),
            new DenseLayer<double>("output", output.AsSpan2D(), [-0.3], Activation.Sigmoid),
        ]);
    }
}
