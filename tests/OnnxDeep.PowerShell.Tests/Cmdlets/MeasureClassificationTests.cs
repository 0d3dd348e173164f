using System.Management.Automation;
using System.Text.Json;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class MeasureClassificationTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void FiguresAreScikitLearns()
    {
        string path = Path.Combine(Repository.Root, "tests", "OnnxDeep.Tests", "Oracles", "scikit-learn.jsonl");
        Assert.All(File.ReadLines(path), line =>
        {
            using var document = JsonDocument.Parse(line);
            JsonElement expected = document.RootElement;

            PSObject actual = Measure(expected);

            Assert.Equal(expected.GetProperty("report").GetString(), actual.Properties["Report"].Value);
            Assert.Equal(expected.GetProperty("report").GetString(), actual.ToString());
            AssertEqual(expected, "accuracy", actual, "Accuracy");
            AssertEqual(expected, "auc", actual, "RocAuc");
            AssertEqual(expected, "logloss", actual, "LogLoss");
            AssertEqual(expected, "threshold", actual, "BestThreshold");
            AssertEqual(expected, "bestf1", actual, "BestF1");
        });
    }

    [Theory]
    [InlineData("@{ Truth = 'a'; Label = 'a' }, @{ Truth = 'b'; Label = 'a' } | Measure-Classification")]
    [InlineData("@{ Actual = 'a'; Prediction = 'a' }, @{ Actual = 'b'; Prediction = 'a' } | Measure-Classification")]
    [InlineData("[pscustomobject]@{ t = 'a'; p = 'a' }, [pscustomobject]@{ t = 'b'; p = 'a' } | Measure-Classification p t")]
    [InlineData("Measure-Classification -InputObject @{ Class = 'a'; Predicted = 'a' }, @{ Class = 'b'; Predicted = 'a' }")]
    public void PropertiesAreFoundOrNamed(string script)
    {
        Outcome outcome = _module.Invoke(script).ThrowOnError();

        Assert.Equal([0.5], outcome.Values("Accuracy"));
        Assert.Equal(new[,] { { 1, 0 }, { 1, 0 } }, (int[,])outcome.Output[0].Properties["ConfusionMatrix"].Value);
        Assert.Contains("'b'", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Contains("Precision is undefined", outcome.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void ConfusionTableHasARowATruthAndKeepsClassesThatDifferInCase()
    {
        Outcome outcome = _module.Invoke(
            "(@{ Truth = 'a'; Label = 'A' }, @{ Truth = 'A'; Label = 'A' } | Measure-Classification 3> $null).ConfusionTable").ThrowOnError();

        Assert.Equal(["A", "a"], outcome.Values("Truth"));
        Assert.Equal([1, 1], outcome.Values("A"));
        Assert.Equal([0, 0], outcome.Values("a_"));
    }

    [Fact]
    public void UnknownWordsAreLeftOutAndNamedUnlessTheyAreAClass()
    {
        const string rows = "'salad', 'qwxzv', 'laptop' | Test-FoodWord -WarningAction SilentlyContinue | ForEach-Object { @{ Word = $_.Word; Label = $_.Label; Probability = $_.Probability; Truth = if ($_.Word -eq 'laptop') { 'not food' } else { 'food' } } } | ";

        Outcome without = _module.Invoke(rows + "Measure-Classification").ThrowOnError();
        Outcome with = _module.Invoke(rows + "Measure-Classification -Label 'not food', food, unknown").ThrowOnError();

        Assert.Equal([1.0], without.Values("Accuracy"));
        Assert.Equal([1], without.Values("Unknown"));
        Assert.Equal(["food"], without.Values("PositiveLabel"));
        Assert.Equal([1.0], without.Values("RocAuc"));
        Assert.Contains("'qwxzv'", Assert.Single(without.Warnings), StringComparison.Ordinal);
        Assert.Equal([2.0 / 3], with.Values("Accuracy"));
        Assert.Equal([0], with.Values("Unknown"));
    }

    [Fact]
    public void BadRowsAreNamedCountedAndLeftOut()
    {
        Outcome outcome = _module.Invoke(
            """
            @{ Truth = 'a'; Label = 'a'; Probability = 0.1 }, $null, @{ Truth = ''; Label = 'a' }, @{ Truth = 'a' },
            @{ Truth = 'a'; Label = 'a'; Probability = 1.5 }, @{ Truth = 'c'; Label = 'a' }, @{ Truth = 'b'; Label = 'b'; Probability = 0.9 } |
                Measure-Classification -Label a, b
            """);

        Assert.Equal(["RowIncomplete", "RowIncomplete", "RowIncomplete", "ProbabilityInvalid", "LabelNotListed"], outcome.ErrorIds);
        Assert.Contains("Row 6 has the class 'c'", outcome.Errors[4].Exception.Message, StringComparison.Ordinal);
        Assert.Equal([2], outcome.Values("Rows"));
        Assert.Equal([5], outcome.Values("LeftOut"));
        Assert.Contains("5 of 7 rows", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void ThresholdPredictsAnew()
    {
        const string rows = "@{ Truth = 1; Probability = 0.9 }, @{ Truth = 1; Probability = 0.4 }, @{ Truth = 0; Probability = 0.3 } | ";

        Outcome outcome = _module.Invoke($"0.5, 0.4, 0.2 | ForEach-Object {{ {rows} Measure-Classification -Threshold $_ 3> $null }}").ThrowOnError();

        Assert.Equal([2.0 / 3, 1.0, 2.0 / 3], outcome.Values("Accuracy"));
        Assert.Equal([0.4, 0.4, 0.4], outcome.Values("BestThreshold"));
    }

    [Fact]
    public void PositiveClassIsTheOneThatIsPredictedFromHigherProbabilities()
    {
        const string rows = "@{ Truth = 'cat'; Label = 'cat'; Probability = 0.9 }, @{ Truth = 'dog'; Label = 'dog'; Probability = 0.4 } | ";

        Outcome outcome = _module.Invoke(rows + "Measure-Classification; " + rows + "Measure-Classification -PositiveLabel dog").ThrowOnError();

        Assert.Equal(["cat", "dog"], outcome.Values("PositiveLabel"));
        Assert.Equal([1.0, 0.0], outcome.Values("RocAuc"));
    }

    [Theory]
    [InlineData("@{ Truth = 1; Label = 1; Probability = 0.9 }, @{ Truth = 1; Label = 0; Probability = 0.4 } | Measure-Classification", "ROC AUC is undefined")]
    [InlineData("@{ Truth = 1; Label = 1; Probability = 0.9 } | Measure-Classification", "There is 1 class")]
    [InlineData("@{ Truth = 'a'; Label = 'b'; Probability = 0.9 } | Measure-Classification", "not known which class")]
    [InlineData("@{ Truth = 1; Label = 1; Probability = 0.9 }, @{ Truth = 0; Label = 0; Probability = $null } | Measure-Classification -PositiveLabel 1", "1 of 2 rows have no probability")]
    [InlineData("@{ Truth = 'a'; Label = 'a'; Scores = @{ a = 1 } }, @{ Truth = 'b'; Label = 'c'; Scores = @{ c = 1 } }, @{ Truth = 'b'; Label = 'b'; Scores = @{ b = 1 } } | Measure-Classification", "ROC AUC is undefined")]
    public void WhatIsUndefinedIsSaid(string script, string part) =>
        Assert.Contains(_module.Invoke(script).ThrowOnError().Warnings, warning => warning.Contains(part, StringComparison.Ordinal));

    [Theory]
    [InlineData("@() | Measure-Classification", "NothingToMeasure")]
    [InlineData("@{ a = 1 } | Measure-Classification", "PropertyNotFound")]
    [InlineData("@{ Label = 1 } | Measure-Classification", "PropertyNotFound")]
    [InlineData("@{ Label = 1; Truth = 1 } | Measure-Classification -Truth real", "PropertyNotFound")]
    [InlineData("@{ Label = 1; Truth = 1 } | Measure-Classification -Probability p", "PropertyNotFound")]
    [InlineData("@{ Label = 1; Truth = 1 } | Measure-Classification -Threshold 0.5", "PropertyNotFound")]
    [InlineData("@{ Label = 1; Truth = 1 } | Measure-Classification -Threshold 2", "ThresholdOutOfRange")]
    [InlineData("@{ Label = 1; Truth = 1; Probability = 0.5 } | Measure-Classification -Threshold 0.5", "ThresholdUnfit")]
    [InlineData("@{ Truth = 'a'; Probability = 0.5 }, @{ Truth = 'b'; Probability = 0.5 } | Measure-Classification -Threshold 0.5", "ThresholdUnfit")]
    [InlineData("@{ Truth = 0; Probability = 0.5 }, @{ Truth = 1; Probability = $null } | Measure-Classification -Threshold 0.5", "ThresholdUnfit")]
    [InlineData("@{ Label = 1; Truth = 1 } | Measure-Classification -PositiveLabel 7", "PositiveLabelNotFound")]
    public void WhatCannotBeMeasuredIsAnError(string script, string id) => Assert.Equal([id], _module.Invoke(script).ErrorIds);

    private PSObject Measure(JsonElement c)
    {
        bool isTwo = c.TryGetProperty("probability", out JsonElement probabilities);
        var rows = new List<PSObject>();
        for (int i = 0; i < c.GetProperty("truth").GetArrayLength(); i++)
        {
            var row = new PSObject();
            row.Properties.Add(new PSNoteProperty("Truth", c.GetProperty("truth")[i].GetString()));
            row.Properties.Add(new PSNoteProperty("Label", c.GetProperty("predicted")[i].GetString()));
            row.Properties.Add(new PSNoteProperty("Probability", isTwo
                ? probabilities[i].GetDouble()
                : c.GetProperty("scores")[i].EnumerateObject().ToDictionary(score => score.Name, score => score.Value.GetDouble())));
            rows.Add(row);
        }

        // Probabilities of two classes are measured of both, whichever were met.
        object? labels = c.GetProperty("labels").ValueKind == JsonValueKind.Null
            ? null
            : c.GetProperty("labels").EnumerateArray().Select(label => label.GetString()).ToArray();
        Outcome outcome = _module.Invoke(
            "$p = @{}; if ($args[0]) { $p.Label = $args[0] }; if ($args[1]) { $p.PositiveLabel = $args[1] }; $input | Measure-Classification @p",
            rows,
            [labels, isTwo && Distinct(c) == 2 ? c.GetProperty("positive").GetString() : null]);
        return Assert.Single(outcome.ThrowOnError().Output);
    }

    private static int Distinct(JsonElement c) => c.GetProperty("names").GetArrayLength();

    private static void AssertEqual(JsonElement expected, string name, PSObject actual, string property)
    {
        // With one class alone there is nothing to measure probabilities of.
        if (Distinct(expected) == 1 && name != "accuracy")
        {
            return;
        }

        double? wanted = expected.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
        double? found = (double?)actual.Properties[property].Value;
        Assert.Equal(wanted is null, found is null);
        Assert.Equal(wanted ?? 0, found ?? 0, 1e-12);
    }
}
