using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Tests.Learning.Metrics;

public sealed class MeasureTests
{
    [Theory]
    [InlineData(0, 0, false, false, false)]
    [InlineData(1, 0, false, true, true)]
    [InlineData(0, 1, true, false, true)]
    [InlineData(1, 1, true, true, true)]
    public void RatiosAreDefinedWhereTheirDenominatorIsNotZero(
        int support, int predicted, bool precision, bool recall, bool f1)
    {
        var measure = new ClassMeasure("a", 0, 0, 0, support, predicted);

        Assert.Equal(precision, measure.IsPrecisionDefined);
        Assert.Equal(recall, measure.IsRecallDefined);
        Assert.Equal(f1, measure.IsF1Defined);
    }

    [Fact]
    public void AveragesOfNothingAreZero()
    {
        var empty = new ConfusionMatrix(2);

        Assert.Equal(new AverageMeasure(0, 0, 0), AverageMeasure.Macro(empty));
        Assert.Equal(new AverageMeasure(0, 0, 0), AverageMeasure.Weighted(empty));
        Assert.Equal(0, empty.Accuracy);
    }

    [Fact]
    public void AClassIsMetAsTruthOrAsPrediction()
    {
        var matrix = new ConfusionMatrix(4);
        matrix.Add(0, 1);
        matrix.Add(2, 2);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(matrix.IsMet));
        Assert.Equal([false, true, true, false], Enumerable.Range(0, 4).Select(matrix.IsPrecisionDefined));
        Assert.Equal([true, false, true, false], Enumerable.Range(0, 4).Select(matrix.IsRecallDefined));
        Assert.Equal(0, matrix.F1(0));
        Assert.Equal(new ClassMeasure("c", 1, 1, 1, 1, 1), matrix.Measure(2, "c"));
    }

    [Fact]
    public void MatricesAddUpAndKeepTheirCells()
    {
        var sum = new ConfusionMatrix(2);
        sum.Add(0, 1);
        var other = new ConfusionMatrix(2);
        other.Add(0, 1);
        other.Add(1, 1);

        sum.Add(other);

        Assert.Equal(new[,] { { 0, 2 }, { 0, 1 } }, sum.ToArray());
        Assert.Equal((3, 2, 2, 0), (sum.Total, sum[0, 1], sum.Support(0), sum.Predicted(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => sum.Add(new ConfusionMatrix(3)));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 2)]
    public void NumbersOutsideTheClassesAreRefused(int truth, int predicted)
    {
        var matrix = new ConfusionMatrix(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(truth, predicted));
        Assert.Equal(0, matrix.Total);
    }

    [Fact]
    public void AMatrixHasAClassAtLeast()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(0));
        Assert.Equal(1, new ConfusionMatrix(1).ClassCount);
    }

    [Fact]
    public void NullsAreRefusedByName()
    {
        var matrix = new ConfusionMatrix(1);
        Assert.Throws<ArgumentNullException>("matrix", () => AverageMeasure.Macro(null!));
        Assert.Throws<ArgumentNullException>("matrix", () => AverageMeasure.Weighted(null!));
        Assert.Throws<ArgumentNullException>("matrix", () => ClassificationReport.Format(null!, []));
        Assert.Throws<ArgumentNullException>("labels", () => ClassificationReport.Format(matrix, null!));
        Assert.Throws<ArgumentNullException>("labels", () => new Classification(null!, [0], [0]));
        Assert.Throws<ArgumentNullException>("truths", () => new Classification(["a"], null!, [0]));
        Assert.Throws<ArgumentNullException>("predictions", () => new Classification(["a"], [0], null!));
        Assert.Throws<ArgumentNullException>("other", () => matrix.Add(null!));
        Assert.Throws<ArgumentNullException>("labels", () => LabelOrder.AreNumbers(null!));
        Assert.Throws<ArgumentNullException>("probabilities", () => LogLoss.OfClasses(null!, [0]));
        Assert.Throws<ArgumentNullException>("truths", () => LogLoss.OfClasses([[1.0]], null!));
        Assert.Throws<ArgumentNullException>("probabilities", () => ClassificationScores.OfMany(null!, [0]));
        Assert.Throws<ArgumentNullException>("truths", () => ClassificationScores.OfMany([[1.0]], null!));
        Assert.Throws<ArgumentNullException>("probabilities", () => ReliabilityCurve.OfMany(null!, [0]));
        Assert.Throws<ArgumentNullException>("truths", () => ReliabilityCurve.OfMany([[1.0]], null!));
        Assert.Throws<ArgumentNullException>("counts", () => ClassWeights.Balance(null!));
    }

    [Theory]
    [InlineData(new[] { "10", "9", "-1.5" }, new[] { "-1.5", "9", "10" })]
    [InlineData(new[] { "True", "False" }, new[] { "False", "True" })]
    [InlineData(new[] { "b", "10", "9", "b" }, new[] { "10", "9", "b" })]
    [InlineData(new[] { "NaN", "2", "10" }, new[] { "10", "2", "NaN" })]
    [InlineData(new[] { "\uFFFD", "🍕", "a" }, new[] { "a", "\uFFFD", "🍕" })]
    public void LabelsAreSortedAsNumbersWhereAllAreElseByCodePoints(string[] labels, string[] sorted) =>
        Assert.Equal(sorted, LabelOrder.Sort(labels));

    [Theory]
    [InlineData(new[] { "1", "2.5", "-1e3" }, true)]
    [InlineData(new[] { "False", "True" }, true)]
    [InlineData(new[] { "1", "a" }, false)]
    [InlineData(new[] { "True", "maybe" }, false)]
    public void LabelsAreNumbersWhereAllAre(string[] labels, bool expected) =>
        Assert.Equal(expected, LabelOrder.AreNumbers(labels));

    [Fact]
    public void ScoresOfTwoClassesAreThoseOfEither()
    {
        var scores = ClassificationScores.OfTwo([0.25, 0.75, 0.5], [false, true, false]);

        Assert.Equal([1.0, 1.0], scores.ClassAreas);
        Assert.Equal(1, scores.RocAuc);
        Assert.Equal(new BestThreshold(0.75, 1), scores.BestThreshold);
        Assert.Equal(-(Math.Log(0.75) + Math.Log(0.75) + Math.Log(0.5)) / 3, scores.LogLoss, 1e-12);
    }

    [Fact]
    public void ScoresOfManyClassesAreTheMeanOfEachAgainstTheRest()
    {
        double[][] rows = [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.25, 0.5, 0.25], [0.5, 0.25, 0.25]];

        var scores = ClassificationScores.OfMany(rows, [0, 1, 0, 2]);

        // Class 0: of 4 pairs, one is right and two are ties; class 1: two and a half of 3; class 2: 3 ties of 3.
        Assert.Equal([0.5, 0.833333333333, 0.5], scores.ClassAreas.Select(area => Math.Round(area!.Value, 12)));
        Assert.Equal(scores.ClassAreas.Average()!.Value, scores.RocAuc!.Value, 1e-12);
        Assert.Null(scores.BestThreshold);

        Assert.Null(ClassificationScores.OfMany(rows, [0, 1, 0, 1]).RocAuc);
        Assert.Null(ClassificationScores.OfMany(rows, [0, 1, 0, 1]).ClassAreas[2]);
    }

    [Fact]
    public void LossOfClassesIsOfRowsThatAddUpToOne()
    {
        // Probabilities are first limited to one: 3 becomes 1.
        Assert.Equal(Math.Log(2), LogLoss.OfClasses([[1, 3]], [0]), 1e-12);
        Assert.Equal(
            -(Math.Log(0.5 / 0.75) + Math.Log(0.25)) / 2,
            LogLoss.OfClasses([[0.5, 0.25], [0.75, 0.25]], [0, 1]),
            1e-12);
    }

    [Fact]
    public void WhatIsUndefinedIsNamed()
    {
        string[] sentences = [.. new Classification(["a", "b", "c", "d"], [0, 0, 1], [0, 0, 0]).GetUndefined()];

        Assert.Equal(2, sentences.Length);
        Assert.EndsWith("labels that are never predicted: 'b'.", sentences[0], StringComparison.Ordinal);
        Assert.EndsWith("no row has and that are never predicted: 'c', 'd'.", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void TableHasNamesOrNumbersAndNoLineThatIsTooLong()
    {
        var two = new ConfusionMatrix(2) { Labels = ["not food", "food"] };
        two.Add(0, 0);
        two.Add(1, 0);
        Assert.Equal(
            "Truth    not food     food\nnot food        1        0\nfood            1        0", two.ToTable());
        Assert.Equal("Truth 0 1\n0     0 0\n1     0 0", new ConfusionMatrix(2).ToTable());

        string[] labels = [.. Enumerable.Range(0, 40).Select(c => new string('x', 60 + c))];
        var many = new ConfusionMatrix(40) { Labels = labels };
        many.Add(0, 39);
        string[] lines = many.ToTable(80).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Equal(40, lines.Where(line => line.StartsWith("Truth", StringComparison.Ordinal))
            .Sum(line => line.Count(c => c == '[')));
        Assert.Single(lines, line => line.EndsWith(" 1", StringComparison.Ordinal));
    }

    [Fact]
    public void TableOfAHistoryHasTheFirstTheBestAndTheLastEpoch()
    {
        var history = new TrainingHistory(
            [.. Enumerable.Range(1, 103).Select(epoch => new EpochMetrics(epoch, 1.0 / epoch, new ConfusionMatrix(2)))],
            BestEpoch: 47,
            StoppedEarly: true);

        string[] lines = history.ToTable().Split('\n');

        Assert.Equal("Epoch       Loss  Accuracy", lines[0]);
        Assert.Equal("    1     1.0000    0.0000", lines[1]);
        Assert.Contains(lines, line => line.StartsWith("   47 ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("  103 ", StringComparison.Ordinal));
        Assert.Equal("The weights are those of epoch 47 of 103; the training stopped early.", lines[^2]);
        Assert.Equal("20 of 103 epochs are shown; Epochs has all.", lines[^1]);
    }
}
