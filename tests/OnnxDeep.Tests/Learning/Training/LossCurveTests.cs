using OnnxDeep.Learning.Training;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class LossCurveTests
{
    [Fact]
    public void PointsAreTheNotebooksCurveAndItsDerivative() => Assert.All(LossCurve.GetPoints(-2, 4, 25), point =>
    {
        double y = point.Predicted;
        Assert.Equal((y * y) - (2 * y) + 1, point.SquaredError, 1e-14);
        Assert.Equal((2 * y) - 2, point.Derivative, 1e-14);
    });

    [Fact]
    public void BothEndsAreIncluded() =>
        Assert.Equal([-2, 1, 4], LossCurve.GetPoints(-2, 4, 3).Select(point => point.Predicted));

    [Fact]
    public void TangentAtThreeHasSlopeFour()
    {
        LossTangent tangent = LossCurve.GetTangent(3);

        Assert.Equal(new LossTangent(3, 4, 4, -8), tangent);
        Assert.Equal("4 * predicted - 8", tangent.Equation);
    }

    [Fact]
    public void TangentAddsWhatItDoesNotTakeAway()
    {
        Assert.Equal("-4 * predicted + 4", LossCurve.GetTangent(0, 2).Equation);
        Assert.Equal("0 * predicted + 0", LossCurve.GetTangent(1).Equation);
    }

    [Fact]
    public void ACurveHasTwoPointsAtLeast()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LossCurve.GetPoints(0, 1, 1));
        Assert.Equal([0, 1], LossCurve.GetPoints(0, 1, 2).Select(point => point.Predicted));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(-2.5)]
    public void MinimumIsAtTheTruth(double actual) =>
        Assert.Equal(new LossPoint(actual, 0, 0), LossCurve.GetMinimum(actual));

    [Fact]
    public void MinimumAtZeroHasNoSign() => Assert.False(double.IsNegative(LossCurve.GetMinimum(0).Predicted));

    [Fact]
    public void MeasureIsTheDefinitionOfEachLoss()
    {
        // sklearn.metrics and numpy: mean_squared_error, its root, mean_absolute_error, log_loss.
        LossMeasure measure = LossMeasure.Compute([0.9, 0.2, 0.6], [1, 0, 1]);

        Assert.Equal(3, measure.Count);
        Assert.Equal(0.07, measure.MeanSquaredError, 1e-15);
        Assert.Equal(0.2645751311064591, measure.RootMeanSquaredError, 1e-15);
        Assert.Equal(0.23333333333333336, measure.MeanAbsoluteError, 1e-15);
        Assert.Equal(0.2797765635793423, measure.BinaryCrossEntropy!.Value, 1e-14);
    }

    [Fact]
    public void CrossEntropyOfOtherNumbersThanProbabilitiesIsUndefined()
    {
        Assert.Null(LossMeasure.Compute([1.5], [1]).BinaryCrossEntropy);
        Assert.Null(LossMeasure.Compute([0.5], [-1]).BinaryCrossEntropy);
        Assert.Null(LossMeasure.Compute([-0.5, 0.5], [0, 1]).BinaryCrossEntropy);
        Assert.Null(LossMeasure.Compute([0.5], [1.5]).BinaryCrossEntropy);
        Assert.NotNull(LossMeasure.Compute([0, 1], [0, 1]).BinaryCrossEntropy);
        Assert.Throws<ArgumentException>(() => LossMeasure.Compute([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => LossMeasure.Compute([], []));
    }
}
