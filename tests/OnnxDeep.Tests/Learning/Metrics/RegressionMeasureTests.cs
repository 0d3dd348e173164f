using System.Text.Json;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Tests.Oracles;

namespace OnnxDeep.Tests.Learning.Metrics;

public sealed class RegressionMeasureTests
{
    [Fact]
    public void FiguresAreThoseOfScikitLearn() => Assert.All(OracleFile.Read("scikit-learn-regression.jsonl"), c =>
    {
        double[] actual = c.GetProperty("actual").Numbers();

        var measure = RegressionMeasure.Compute(c.GetProperty("predicted").Numbers(), actual);

        Assert.Equal(actual.Length, measure.Rows);
        Assert.Equal(c.Find("r2") is null, measure.R2 is null);
        AssertEqual(c, "r2", measure.R2 ?? 0);
        AssertEqual(c, "mae", measure.MAE);
        AssertEqual(c, "mse", measure.MSE);
        AssertEqual(c, "rmse", measure.RMSE);
        AssertEqual(c, "median", measure.MedianAbsoluteError);
        AssertEqual(c, "max", measure.MaxError);
    });

    [Fact]
    public void AConstantTargetHasOneForExactPredictionsAndElseZero()
    {
        // The mean of three times 0.1 is not 0.1 in binary; the values are equal nevertheless.
        Assert.Equal(1, RegressionMeasure.Compute([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]).R2);
        Assert.Equal(0, RegressionMeasure.Compute([0.1, 0.2, 0.1], [0.1, 0.1, 0.1]).R2);
        Assert.Null(RegressionMeasure.Compute([1], [1]).R2);
    }

    [Fact]
    public void ReportNamesEachFigure() => Assert.Equal(
        """
        R2                            0.0909
        mean absolute error              0.5
        root mean squared error     0.790569
        mean squared error             0.625
        median absolute error           0.25
        largest absolute error           1.5
        rows                               4
        """.ReplaceLineEndings("\n"),
        RegressionMeasure.Compute([1, 2, 1.5, 3.5], [1, 2, 3, 3]).Report);

    [Fact]
    public void ReportOfOneRowHasNoR2() =>
        Assert.StartsWith("R2                         undefined\n", RegressionMeasure.Compute([1], [2]).Report);

    [Fact]
    public void NumbersOfPredictionsAndTrueValuesAreEqual()
    {
        Assert.Throws<ArgumentException>(() => RegressionMeasure.Compute([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => RegressionMeasure.Compute([], []));
    }

    private static void AssertEqual(JsonElement c, string name, double actual)
    {
        double expected = c.Find(name)?.GetDouble() ?? 0;
        Assert.True(
            Math.Abs(expected - actual) <= 1e-12 * Math.Max(1e-3, Math.Abs(expected)), $"{name}: {expected} {actual}");
    }
}
