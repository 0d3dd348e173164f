using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Tests.Learning.Metrics;

public sealed class ScoreTests
{
    [Fact]
    public void AreaCountsTiesHalf()
    {
        Assert.Equal(0.5, RocCurve.GetArea([0.3, 0.3, 0.3], [true, false, true]));
        Assert.Equal(0.625, RocCurve.GetArea([0.1, 0.4, 0.4, 0.2, 0.8], [false, true, false, false, false]));
        Assert.Equal(1, RocCurve.GetArea([0.1, 0.9], [false, true]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AreaOfOneKindOfRowsIsUndefined(bool kind) => Assert.Null(RocCurve.GetArea([0.1, 0.2], [kind, kind]));

    [Fact]
    public void ThresholdOfTheLargestF1IsTaken() =>
        Assert.Equal(
            new BestThreshold(0.2, 0.8),
            BestThreshold.Find([0.2, 0.3, 0.9], [true, false, true], ThresholdCriterion.F1));

    [Fact]
    public void OfEqualF1TheLowestThresholdIsTaken()
    {
        // From 0.9 up, precision is 1 and recall 1/2; from 0.3 up, the other way round.
        bool[] positives = [true, false, false, true, false];

        Assert.Equal(
            new BestThreshold(0.3, 2.0 / 3),
            BestThreshold.Find([0.9, 0.7, 0.5, 0.3, 0.1], positives, ThresholdCriterion.F1));
    }

    [Fact]
    public void RowsOfOneScoreAreOnOneSideOfTheThreshold() =>
        Assert.Equal(
            new BestThreshold(0.5, 0.8),
            BestThreshold.Find([0.5, 0.5, 0.5, 0.1], [true, false, true, false], ThresholdCriterion.F1));

    [Fact]
    public void OfEqualYoudenTheHighestThresholdIsTaken()
    {
        // From 0.9 up, half of the positive rows and no other; from 0.3 up, all of them and half of the others.
        Assert.Equal(
            new BestThreshold(0.9, 0.5),
            BestThreshold.Find([0.9, 0.7, 0.3, 0.1], [true, false, true, false], ThresholdCriterion.Youden));
    }

    [Fact]
    public void WithoutPositiveRowsThereIsNoBestThreshold()
    {
        Assert.Null(BestThreshold.Find([0.2], [false], ThresholdCriterion.F1));
        Assert.Null(BestThreshold.Find([0.2], [false], ThresholdCriterion.Youden));
        Assert.Null(BestThreshold.Find([0.2], [true], ThresholdCriterion.Youden));
    }

    [Fact]
    public void BalancedWeightsAddUpToTheRowsAndAnEmptyClassStaysFinite()
    {
        Assert.Equal([2.0 / 3, 1, 2], ClassWeights.Balance([3, 2, 1]));
        Assert.Equal([4.0 / 6, 1, 2], ClassWeights.Balance([3, 0, 1]));
        Assert.Equal([1.0, 1.0], ClassWeights.Balance([0, 7]));
    }

    [Fact]
    public void LossOfCertainMistakesIsClippedAtTheResolutionOfADouble()
    {
        // scikit-learn 1.2 gives 14.96211 for these 64-bit floats.
        Assert.Equal(
            14.96211,
            LogLoss.OfProbabilities(
                [1, 0, 0.30000001192092896, 5.960464477539063e-08, 1, 0.5], [1, 1, 0, 1, 0, 0]),
            1e-5);
    }

    [Fact]
    public void SureMistakeCostsThirtySixAndNotInfinity() =>
        Assert.Equal(36.04365338911715, LogLoss.OfProbabilities([0], [1]), 1e-12);

    [Fact]
    public void UndefinedRatiosAreSaidToBeSo()
    {
        var measure = new Classification(["a", "b", "c"], [0, 0, 1], [0, 2, 2]);

        string[] sentences = [.. measure.GetUndefined()];

        Assert.Contains("Precision is undefined", sentences[0], StringComparison.Ordinal);
        Assert.EndsWith("'b'.", sentences[0], StringComparison.Ordinal);
        Assert.Contains("Recall is undefined", sentences[1], StringComparison.Ordinal);
        Assert.EndsWith("'c'.", sentences[1], StringComparison.Ordinal);
        Assert.Empty(new Classification(["a"], [0], [0]).GetUndefined());
    }

    [Fact]
    public void RowsMustBeThereAndPaired()
    {
        Assert.Throws<ArgumentException>(() => new Classification(["a"], [], []));
        Assert.Throws<ArgumentException>(() => new Classification(["a"], [0, 0], [0]));
    }
}
