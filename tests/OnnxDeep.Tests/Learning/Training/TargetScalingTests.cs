using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class TargetScalingTests
{
    [Fact]
    public void TargetsAreScaledToMeanZeroAndDeviationOne()
    {
        var scaling = TargetScaling.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal(new TargetScaling(5, 2), scaling);
        Assert.Equal(new float[,] { { -1.5f }, { 2 } }, scaling.Apply([2, 9]));
    }

    [Fact]
    public void EqualTargetsKeepTheScaleOne() =>
        Assert.Equal(new TargetScaling(0.1, 1), TargetScaling.Of([0.1, 0.1, 0.1]));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-4000, 12.5)]
    [InlineData(1e9, 1e6)]
    [InlineData(1e-12, 1e-14)]
    public void FoldedNetworkPredictsTheTargets(double mean, double scale)
    {
        var network = Network.Create(
            3, [new(8, Activation.ReLU), new(1, Activation.Linear)], seed: 4, WeightInitializer.Notebook);
        float[,] features = { { 1, -2, 0.5f }, { 0.25f, 3, -1 }, { 0, 0, 0 } };
        float[,] scaled = network.Forward(features);

        float[,] outputs = new TargetScaling(mean, scale).Fold(network).Forward(features);

        for (int row = 0; row < 3; row++)
        {
            double wanted = (scaled[row, 0] * scale) + mean;
            Assert.Equal(wanted, outputs[row, 0], 1e-6 * (Math.Abs(mean) + (10 * scale)));
        }
    }

    [Fact]
    public void OnlyALinearLayerIsScaled() => Assert.Throws<ArgumentException>(() => new TargetScaling(0, 1).Fold(
        Network.Create(1, [new(1, Activation.Sigmoid)], seed: 1)));

    [Fact]
    public void TargetsThatFloatsCannotTellApartAreRefused()
    {
        double[] fine = [1e9 + 1, 1e9 + 2, 1e9 + 3];

        var error = Assert.Throws<OnnxDeepException>(() => TargetScaling.Of(fine).Check(fine));

        Assert.Equal(ErrorIds.TargetTooFine, error.ErrorId);
        Assert.Contains("1E+09", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(1999, 2000, 2026)]
    [InlineData(1.7e9, 1.71e9, 1.72e9)]
    [InlineData(-1e-30, 0, 1e-30)]
    public void OtherTargetsAreAccepted(double a, double b, double c)
    {
        double[] targets = [a, b, c];

        Assert.Null(Record.Exception(() => TargetScaling.Of(targets).Check(targets)));
    }
}
