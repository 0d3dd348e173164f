using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;
using OnnxDeep.Tests.Learning.Training;

namespace OnnxDeep.Tests.Learning.Metrics;

public sealed class CalibrationTests
{
    [Fact]
    public void TemperatureOfOverconfidentLogitsIsTheirScale()
    {
        // Labels drawn from softmax(z); the model says 3·z.
        (double[,] logits, int[] truths) = Draw(rows: 4000, classes: 3, scale: 3);

        var calibration = Calibration.FitTemperature(logits, truths);

        Assert.InRange(calibration.Temperature!.Value, 2.75, 3.25);
        Assert.False(calibration.IsLimited);
        Assert.True(calibration.LogLossAfter < calibration.LogLossBefore - 0.1);
        Assert.True(Measure(logits, truths, calibration) < 0.5 * Measure(logits, truths, null));
    }

    [Fact]
    public void TemperatureIsTheMinimumOfTheLoss()
    {
        (double[,] logits, int[] truths) = Draw(rows: 50, classes: 4, scale: 0.4);

        var calibration = Calibration.FitTemperature(logits, truths);

        foreach (double factor in (double[])[0.99, 1.01])
        {
            double[,] other = Scale(logits, factor * calibration.Slope);
            Assert.True(Calibration.FitTemperature(other, truths).LogLossBefore > calibration.LogLossAfter);
        }
    }

    [Fact]
    public void OneLogitIsThatOfTheSecondOfTwoClasses()
    {
        double[,] one = { { 2 }, { -1 }, { 0.5 }, { -3 }, { 1 } };
        double[,] two = { { 0, 2 }, { 0, -1 }, { 0, 0.5 }, { 0, -3 }, { 0, 1 } };
        int[] truths = [1, 0, 0, 1, 1];

        Assert.Equal(Calibration.FitTemperature(two, truths), Calibration.FitTemperature(one, truths));
    }

    [Fact]
    public void SeparatedRowsLimitTheTemperatureBelowCertainty()
    {
        double[,] logits = { { 5, 0, 0 }, { 0, 4, 0.1 }, { 0, -1, 3.5 } };

        var calibration = Calibration.FitTemperature(logits, [0, 1, 2]);

        Assert.True(calibration.IsLimited);
        Assert.Equal(5.0 / 15, calibration.Temperature!.Value, 1e-12);
        Assert.All(Scale(logits, calibration.Slope).Cast<double>().Chunk(3), row => Assert.True(
            (float)(1 / row.Sum(z => Math.Exp(z - row.Max()))) < 1));

        // Nothing is left to sharpen without a difference, and the smallest temperature stays.
        Assert.Equal(
            Calibration.LeastTemperature,
            Calibration.FitTemperature(new double[,] { { 1e-9, 0 } }, [0]).Temperature!.Value,
            1e-12);
    }

    [Fact]
    public void RowsThatAreWrongLimitTheTemperatureAbove()
    {
        double[,] logits = { { 0, 4, 0 }, { 0, 4, 0 }, { 4, 0, 0 } };

        var calibration = Calibration.FitTemperature(logits, [0, 0, 0]);

        Assert.True(calibration.IsLimited);
        Assert.Equal(Calibration.GreatestTemperature, calibration.Temperature!.Value, 1e-12);
        Assert.True(calibration.LogLossAfter < calibration.LogLossBefore);
    }

    [Theory]
    [InlineData("over", 2.2636, 0.84986, 0.66441, 0.13595, 0.06211)]
    [InlineData("separable", null, 0.01451, 0, 0.01439, 0.0)]
    [InlineData("wrong", 20.0, 4.03598, 1.16982, 0.96466, null)]
    public void TemperaturesOfTheFieldAreRight(
        string name, double? temperature, double before, double after, double errorBefore, double? errorAfter)
    {
        string[] lines = File.ReadAllLines(Fixtures.Find("tables", $"temperature_{name}.csv"));
        double[][] rows =
        [
            .. lines.Skip(1).Select(line => line.Split(',').Select(
                cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)).ToArray()),
        ];
        double[,] logits = new double[rows.Length, 3];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].AsSpan(0, 3).CopyTo(logits.GetRowSpan(i));
        }

        int[] truths = [.. rows.Select(row => (int)row[3])];

        var calibration = Calibration.FitTemperature(logits, truths);

        Assert.Equal(temperature is null or 20.0, calibration.IsLimited);
        Assert.Equal(temperature ?? calibration.Temperature!.Value, calibration.Temperature!.Value, 1e-3);
        Assert.Equal(before, calibration.LogLossBefore, 1e-5);
        Assert.Equal(after, calibration.LogLossAfter, 1e-5);
        Assert.Equal(errorBefore, Measure(logits, truths, null), 1e-4);
        if (errorAfter is double error)
        {
            Assert.Equal(error, Measure(logits, truths, calibration), 2e-4);
        }
    }

    [Fact]
    public void PlattFitsSlopeAndIntercept()
    {
        // P(positive) = σ(0.5·z - 1).
        var random = new DeterministicRandom(7);
        double[] logits = [.. Enumerable.Range(0, 20_000).Select(_ => (double)random.NextSingle(-6, 6))];
        bool[] positives =
        [
            .. logits.Select(z => random.NextSingle() < (float)(1 / (1 + Math.Exp(1 - (0.5 * z))))),
        ];

        var calibration = Calibration.FitPlatt(logits, positives);

        Assert.Equal(0.5, calibration.Slope, 0.02);
        Assert.Equal(-1, calibration.Intercept, 0.05);
        Assert.Null(calibration.Temperature);
        Assert.True(calibration.LogLossAfter < calibration.LogLossBefore);
    }

    [Fact]
    public void PlattOfSeparatedRowsIsFinite()
    {
        var calibration = Calibration.FitPlatt([-50, -40, 40, 50, 60], [false, false, true, true, true]);

        Assert.InRange(calibration.Slope, 0.01, 1);
        Assert.True(double.IsFinite(calibration.Intercept));

        // One kind of rows has no slope; the intercept is Platt's smoothed share.
        Assert.InRange(Calibration.FitPlatt([1, 2, 3], [true, true, true]).Slope, -1, 1);
    }

    [Theory]
    [InlineData(1, 0.4, 0)]
    [InlineData(1, 1.7, -0.3)]
    [InlineData(3, 0.4, 0)]
    public void FoldedNetworkGivesTheCalibratedProbabilities(int units, double slope, double intercept)
    {
        var network = Network.Create(
            6, [new(8, Activation.ReLU), new(units, units == 1 ? Activation.Sigmoid : Activation.Softmax)], seed: 3);
        ReadOnlySpan2D<float> features = Samples.Blobs(40, 6, units, 5).Features;
        float[,] logits = network.ForwardLogits(features, CancellationToken.None);

        float[,] folded = network.ScaleLogits(slope, intercept).Forward(features);

        for (int row = 0; row < 40; row++)
        {
            double[] z = [.. Enumerable.Range(0, units).Select(unit => (slope * logits[row, unit]) + intercept)];
            double sum = units == 1 ? 1 + Math.Exp(z[0]) : z.Sum(Math.Exp);
            for (int unit = 0; unit < units; unit++)
            {
                Assert.Equal(Math.Exp(z[unit]) / sum, folded[row, unit], 1e-6);
            }
        }
    }

    [Fact]
    public void LayerWithoutBiasesGetsThemForAnInterceptOnly()
    {
        var network = new Network<float>([new("dense", new float[,] { { 2 } }, [], Activation.Sigmoid)]);

        Assert.False(network.ScaleLogits(0.5, 0).Layers[0].HasBiases);
        Assert.Equal([3f], network.ScaleLogits(0.5, 3).Layers[0].Biases.ToArray());
    }

    private static double Measure(double[,] logits, int[] truths, Calibration? calibration)
    {
        double[][] probabilities =
        [
            .. Scale(logits, calibration?.Slope ?? 1).Cast<double>().Chunk(logits.GetLength(1)).Select(row =>
            {
                double sum = row.Sum(z => Math.Exp(z - row.Max()));
                return row.Select(z => Math.Exp(z - row.Max()) / sum).ToArray();
            }),
        ];
        return ReliabilityCurve.OfMany(probabilities, truths).ExpectedCalibrationError;
    }

    private static double[,] Scale(double[,] logits, double slope)
    {
        double[,] scaled = (double[,])logits.Clone();
        foreach (ref double logit in scaled.AsSpan())
        {
            logit *= slope;
        }

        return scaled;
    }

    private static (double[,] Logits, int[] Truths) Draw(int rows, int classes, double scale)
    {
        var random = new DeterministicRandom(11);
        double[,] logits = new double[rows, classes];
        int[] truths = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] weights = new double[classes];
            for (int c = 0; c < classes; c++)
            {
                double z = random.NextSingle(-1.5f, 1.5f);
                logits[row, c] = scale * z;
                weights[c] = Math.Exp(z);
            }

            double place = random.NextSingle() * weights.Sum();
            while (truths[row] < classes - 1 && (place -= weights[truths[row]]) > 0)
            {
                truths[row]++;
            }
        }

        return (logits, truths);
    }
}
