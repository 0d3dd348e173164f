using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;

namespace OnnxDeep.Tests;

public sealed class PlotDataTests
{
    [Fact]
    public void FormatFollowsTheExtensionInAnyCase()
    {
        Assert.Equal(PlotFormat.Png, PlotFormats.FromPath("/a.b/picture.PNG"));
        Assert.Equal(PlotFormat.Svg, PlotFormats.FromPath("picture.svg"));
        Assert.All(["picture", "picture.gif", "png"], path => AssertError(
            ErrorIds.PlotFormatUnknown, () => PlotFormats.FromPath(path)));
    }

    [Fact]
    public void NotebooksTangentHasSlopeFour()
    {
        LossCurvePlot plot = LossCurvePlot.Create(1, 3);

        Assert.Equal((4, 4), (plot.Error, plot.Slope));
        Assert.Equal(0, plot.SquaredError(1));
    }

    [Fact]
    public void LineHasTheLeastSquares()
    {
        LinearFit fit = LinearFit.Of([1, 2, 3], [2, 3, 5]);

        Assert.Equal(1.5, fit.Slope, 1e-12);
        Assert.Equal(1.0 / 3, fit.Intercept, 1e-12);
        Assert.Equal(1.0 / 18, fit.MeanSquaredError, 1e-12);
    }

    [Fact]
    public void PointsThatMakeNoLineAreRefused() => Assert.All(
        new (double[] X, double[] Y)[] { ([1], [1]), ([1, 2], [1]), ([2, 2], [1, 3]), ([1, double.NaN], [1, 2]) },
        points => AssertError(ErrorIds.PlotPointsInvalid, () => LossCurvePlot.Create(1, 3, points.X, points.Y)));

    [Fact]
    public void HistoryKeepsItsBestEpochWhereThatIsNotTheLast()
    {
        EpochMetrics[] epochs =
        [
            .. Enumerable.Range(1, 3).Select(epoch => new EpochMetrics(epoch, 1.0 / epoch, new ConfusionMatrix(2))),
        ];

        Assert.Equal(2, LossPlot.From(new TrainingHistory(epochs, 2, true)).BestEpoch);
        Assert.Null(LossPlot.From(new TrainingHistory(epochs, 3, false)).BestEpoch);
        AssertError(ErrorIds.HistoryEmpty, () => LossPlot.From(new TrainingHistory([], 0, false)));
    }

    [Fact]
    public void ConfusionTakesMatrixArrayAndPairs()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(0, 1);
        matrix.Add(1, 1);

        Assert.Equal(new[,] { { 0, 1 }, { 0, 1 } }, ConfusionPlot.Create(matrix, ["a", "b"]).Counts);
        Assert.Equal(["0", "1"], ConfusionPlot.Create(matrix, null).Labels);
        Assert.Equal(0.5, ConfusionPlot.Create(matrix, null).Accuracy);
        ConfusionPlot pairs = ConfusionPlot.Create([("b", "a"), ("b", "b"), ("b", "b")]);
        Assert.Equal(["a", "b"], pairs.Labels);
        Assert.Equal(new[,] { { 0, 0 }, { 1, 2 } }, pairs.Counts);
        Assert.Equal(["b", "a", "c"], ConfusionPlot.Create([("b", "a")], ["b", "a", "c"]).Labels);
    }

    [Fact]
    public void ConfusionThatIsNoneIsRefused() => Assert.All(
        new Action[]
        {
            () => ConfusionPlot.Create(new int[2, 3], null),
            () => ConfusionPlot.Create(new int[0, 0], null),
            () => ConfusionPlot.Create(new[,] { { -1 } }, null),
            () => ConfusionPlot.Create(new int[2, 2], ["a"]),
            () => ConfusionPlot.Create([]),
            () => ConfusionPlot.Create([("a", "x")], ["a", "b"]),
        },
        make => AssertError(ErrorIds.ConfusionInvalid, make));

    [Fact]
    public void NetworkThatIsTooLargeIsRefused()
    {
        DenseLayerInfo[] nine = [.. Enumerable.Range(0, 9).Select(i => Layer($"dense_{i}", 2, 2))];

        AssertError(ErrorIds.NetworkTooLarge, () => NetworkPlot.Create("m", [Layer("wide", 3, 65)], []));
        AssertError(ErrorIds.NetworkTooLarge, () => NetworkPlot.Create("m", nine, []));
        AssertError(
            ErrorIds.NetworkTooLarge, () => NetworkPlot.Create("m", [Layer("a", 3, 5), Layer("b", 4, 1)], []));
        Assert.Equal("m: a 100000-64 network", NetworkPlot.Create("m", [Layer("a", 100_000, 64)], []).DefaultTitle);
    }

    [Fact]
    public void OutputIsNamedByTheSecondOfTwoLabels()
    {
        Assert.Equal("food", NetworkPlot.Create("m", [Layer("a", 3, 1)], ["not food", "food"]).Output);
        Assert.Null(NetworkPlot.Create("m", [Layer("a", 3, 2)], ["a", "b"]).Output);
    }

    [Fact]
    public void TooFewAndTooManyWordsAreRefused()
    {
        AssertError(ErrorIds.PlotTooFewWords, () => WordPlot.Create(["a", "b"], [null, null], new float[2, 4]));
        string[] words = [.. Enumerable.Range(0, WordPlot.MostWords + 1).Select(i => $"w{i}")];
        AssertError(
            ErrorIds.PlotTooManyWords,
            () => WordPlot.Create(words, new string?[words.Length], new float[words.Length, 1]));
    }

    [Fact]
    public void ExtentLeavesOutWhatIsNoNumber()
    {
        var layer = new DenseLayerInfo(
            "a", "Linear", new[,] { { float.NaN, -3 }, { float.PositiveInfinity, 2 } }, new float[2]);

        Assert.Equal(3, new WeightPlot("m", layer).Extent);
        Assert.Equal(1, new WeightPlot("m", Layer("a", 2, 2)).Extent);
    }

    private static DenseLayerInfo Layer(string name, int inputs, int units) =>
        new(name, "ReLU", new float[inputs, units], new float[units]);

    private static void AssertError(string id, Action action) =>
        Assert.Equal(id, Assert.Throws<OnnxDeepException>(action).ErrorId);
}
