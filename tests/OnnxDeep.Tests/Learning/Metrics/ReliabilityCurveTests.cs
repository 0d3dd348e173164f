using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Tests.Learning.Metrics;

public sealed class ReliabilityCurveTests
{
    [Fact]
    public void BinsHoldTheirUpperEdgeAndTheFirstOneZero()
    {
        var curve = ReliabilityCurve.OfTwo([0, 0.1, 0.1000001, 0.95, 1], [false, true, false, true, true]);

        Assert.Equal([2, 1, 0, 0, 0, 0, 0, 0, 0, 2], curve.Bins.Select(bin => bin.Count));
        Assert.Equal(0.05, curve.Bins[0].Confidence, 1e-12);
        Assert.Equal(0.5, curve.Bins[0].Accuracy, 1e-12);
        Assert.Equal((0.9, 1.0, 1.0), (curve.Bins[9].From, curve.Bins[9].To, curve.Bins[9].Accuracy));
        Assert.Equal(double.NaN, curve.Bins[5].Confidence);
        Assert.Equal(5, curve.Rows);
        Assert.Equal((0.45 * 2 / 5) + (0.1000001 / 5) + (0.025 * 2 / 5), curve.ExpectedCalibrationError, 1e-12);
    }

    [Fact]
    public void OfSeveralClassesThePredictedOneCounts()
    {
        var curve = ReliabilityCurve.OfMany([[0.7, 0.2, 0.1], [0.1, 0.65, 0.25], [0.2, 0.3, 0.5]], [0, 2, 2]);

        Assert.Equal(2, curve.Bins[6].Count);
        Assert.Equal(0.675, curve.Bins[6].Confidence, 1e-12);
        Assert.Equal(0.5, curve.Bins[6].Accuracy, 1e-12);
        Assert.Equal((1, 1.0), (curve.Bins[4].Count, curve.Bins[4].Accuracy));
    }

    [Fact]
    public void ProbabilitiesThatAreFrequenciesHaveNoError()
    {
        bool[] positives = [.. Enumerable.Range(0, 100).Select(i => i < 25)];

        Assert.Equal(
            0, ReliabilityCurve.OfTwo([.. positives.Select(_ => 0.25)], positives).ExpectedCalibrationError, 1e-12);
    }

    [Fact]
    public void TextsSayWhatIsMeasured()
    {
        var curve = ReliabilityCurve.OfTwo([0.25], [true]);

        Assert.Equal("expected calibration error 0.75, 1 row", $"{curve}");
        Assert.Equal("0.2 to 0.3: 1 row, probability 0.25, hits 1", $"{curve.Bins[2]}");
        Assert.Equal("0.3 to 0.4: no rows", $"{curve.Bins[3]}");
    }
}
