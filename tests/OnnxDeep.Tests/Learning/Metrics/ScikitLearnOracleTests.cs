using System.Text.Json;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Tests.Oracles;

namespace OnnxDeep.Tests.Learning.Metrics;

/// <summary>69 random cases with the results of scikit-learn 1.2.1.</summary>
public sealed class ScikitLearnOracleTests
{
    private const double Tolerance = 1e-12;

    private static readonly JsonElement[] s_cases = [.. OracleFile.Read("scikit-learn.jsonl")];

    [Fact]
    public void ReportsAreTheSameCharacterForCharacter() => Assert.All(
        s_cases, c => Assert.Equal(c.GetProperty("report").GetString(), Measure(c).Report));

    [Fact]
    public void LabelsAreSortedAlike() => Assert.All(
        s_cases.Where(c => c.Find("labels") is null),
        c => Assert.Equal(
            c.GetProperty("names").Strings(),
            LabelOrder.Sort(c.GetProperty("truth").Strings().Concat(c.GetProperty("predicted").Strings()))));

    [Fact]
    public void CountsRatiosAndAveragesAreTheSame() => Assert.All(s_cases, c =>
    {
        Classification measure = Measure(c);

        Assert.Equal(
            c.GetProperty("confusion").EnumerateArray().SelectMany(row => row.Numbers()),
            measure.Matrix.ToArray().Cast<int>().Select(count => (double)count));
        AssertEqual(c.GetProperty("precision").Numbers(), measure.Classes.Select(m => m.Precision));
        AssertEqual(c.GetProperty("recall").Numbers(), measure.Classes.Select(m => m.Recall));
        AssertEqual(c.GetProperty("f1").Numbers(), measure.Classes.Select(m => m.F1));
        AssertEqual(c.GetProperty("support").Numbers(), measure.Classes.Select(m => (double)m.Support));
        AssertEqual([c.GetProperty("accuracy").GetDouble()], [measure.Matrix.Accuracy]);
        AssertEqual(c.GetProperty("macro").Numbers(), Figures(AverageMeasure.Macro(measure.Matrix)));
        AssertEqual(c.GetProperty("weighted").Numbers(), Figures(AverageMeasure.Weighted(measure.Matrix)));
    });

    [Fact]
    public void AreaLogLossAndBestThresholdAreTheSame() => Assert.All(s_cases, c =>
    {
        ClassificationScores scores = Score(c);

        AssertEqual([c.GetProperty("logloss").GetDouble()], [scores.LogLoss]);
        Assert.Equal(c.Find("auc") is null, scores.RocAuc is null);
        AssertEqual([c.Find("auc")?.GetDouble() ?? 0], [scores.RocAuc ?? 0]);
        Assert.Equal(c.Find("threshold")?.GetDouble(), scores.BestThreshold?.Threshold);
        AssertEqual([c.Find("bestf1")?.GetDouble() ?? 0], [scores.BestThreshold?.Value ?? 0]);
    });

    [Fact]
    public void ReliabilityIsTheSame() => Assert.All(
        s_cases.Where(c => c.GetProperty("reliability")[0].GetArrayLength() > 0), c =>
        {
            ReliabilityBin[] bins = [.. Score(c).Reliability.Bins.Where(bin => bin.Count > 0)];
            AssertEqual(c.GetProperty("reliability")[0].Numbers(), bins.Select(bin => bin.Accuracy));
            AssertEqual(c.GetProperty("reliability")[1].Numbers(), bins.Select(bin => bin.Confidence));
        });

    [Fact]
    public void YoudensThresholdIsTheSame() => Assert.All(s_cases.Where(c => c.Find("youden") is not null), c =>
    {
        (double[] probabilities, bool[] positives) = ReadTwo(c);
        BestThreshold best = BestThreshold.Find(probabilities, positives, ThresholdCriterion.Youden)!;
        AssertEqual(c.GetProperty("youden").Numbers(), [best.Threshold, best.Value]);
    });

    [Fact]
    public void PlattsParametersAreTheSame() => Assert.All(s_cases.Where(c => c.Find("platt") is not null), c =>
    {
        (double[] probabilities, bool[] positives) = ReadTwo(c);
        double[] expected = c.GetProperty("platt").Numbers();
        var calibration = Calibration.FitPlatt(probabilities, positives);
        Assert.Equal(expected[0], calibration.Slope, 2e-3 * Math.Max(1, Math.Abs(expected[0])));
        Assert.Equal(expected[1], calibration.Intercept, 2e-3 * Math.Max(1, Math.Abs(expected[1])));
    });

    [Fact]
    public void TemperatureIsThatOfSciPy() => Assert.All(s_cases.Where(c => c.Find("temperature") is not null), c =>
    {
        double[] expected = c.GetProperty("temperature").Numbers();
        double[][] rows =
        [
            .. c.GetProperty("scores").EnumerateArray().Select(row => row.EnumerateObject()
                .Select(score => Math.Log(Math.Max(score.Value.GetDouble(), 1e-4))).ToArray()),
        ];
        double[,] logits = new double[rows.Length, rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].CopyTo(logits.GetRowSpan(i));
        }

        string[] labels = [.. c.GetProperty("scores")[0].EnumerateObject().Select(score => score.Name)];
        var calibration = Calibration.FitTemperature(
            logits, [.. c.GetProperty("truth").Strings().Select(label => Array.IndexOf(labels, label))]);
        Assert.False(calibration.IsLimited);
        Assert.Equal(expected[0], calibration.Temperature!.Value, 1e-5);
        AssertEqual(expected[1..], [calibration.LogLossBefore, calibration.LogLossAfter]);
    });

    [Fact]
    public void BalancedWeightsAreTheSame() => Assert.All(s_cases, c =>
    {
        string[] truths = c.GetProperty("truth").Strings();
        string[] present = [.. LabelOrder.Sort(truths)];
        AssertEqual(
            c.GetProperty("weights").EnumerateObject().Select(weight => weight.Value.GetDouble()).ToArray(),
            ClassWeights.Balance([.. present.Select(label => truths.Count(truth => truth == label))]));
    });

    private static (double[] Probabilities, bool[] Positives) ReadTwo(JsonElement c)
    {
        string positive = c.GetProperty("positive").GetString()!;
        return (
            c.GetProperty("probability").Numbers(),
            [.. c.GetProperty("truth").Strings().Select(truth => truth == positive)]);
    }

    private static Classification Measure(JsonElement c)
    {
        string[] names = c.GetProperty("names").Strings();
        return new Classification(
            names,
            [.. c.GetProperty("truth").Strings().Select(label => Array.IndexOf(names, label))],
            [.. c.GetProperty("predicted").Strings().Select(label => Array.IndexOf(names, label))]);
    }

    private static ClassificationScores Score(JsonElement c)
    {
        string[] truths = c.GetProperty("truth").Strings();
        if (c.Find("probability") is JsonElement probabilities)
        {
            string positive = c.GetProperty("positive").GetString()!;
            return ClassificationScores.OfTwo(probabilities.Numbers(), [.. truths.Select(truth => truth == positive)]);
        }

        string[] classes = [.. c.GetProperty("scores")[0].EnumerateObject().Select(score => score.Name)];
        double[][] scores =
        [
            .. c.GetProperty("scores").EnumerateArray()
                .Select(row => classes.Select(label => row.GetProperty(label).GetDouble()).ToArray()),
        ];
        return ClassificationScores.OfMany(scores, [.. truths.Select(truth => Array.IndexOf(classes, truth))]);
    }

    private static double[] Figures(AverageMeasure average) => [average.Precision, average.Recall, average.F1];

    private static void AssertEqual(IEnumerable<double> expected, IEnumerable<double> actual) => Assert.All(
        expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
}
