using System.Text.Json;
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
        AssertEqual([c.Find("bestf1")?.GetDouble() ?? 0], [scores.BestThreshold?.F1 ?? 0]);
    });

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
