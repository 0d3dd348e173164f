using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class NewClassifierTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    // The engine alone has no Import-Csv.
    private const string Animals =
        """
        $animals = foreach ($line in 'bird: robin sparrow eagle owl duck goose parrot pigeon', 'fish: salmon trout tuna shark cod herring carp eel',
            'mammal: dog cat horse cow pig sheep wolf lion') {
            $kind, $words = $line -split ':? '
            foreach ($word in $words) { [pscustomobject]@{ Word = $word; kind = $kind } }
        }

        """;

    private const string Numbers =
        """
        $rows = foreach ($i in 1..60) { [pscustomobject]@{ a = "$(1000 + $i % 3 * 10 + ($i * 7) % 5)"; b = $i % 2; c = 'text'; kind = "k$($i % 3)" } }

        """;

    private const string TwoLists =
        "New-WordClassifier -Positive apple, pear, bread, cheese, soup, salad -Negative car, bus, road, house, desk, lamp -Path $args[0]";

    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TwoListsBecomeAModelThatTestFoodWordTakes()
    {
        string path = _folder.File("two.onnx");
        Outcome trained = _module.Invoke(TwoLists, path).ThrowOnError();
        Outcome tested = _module.Invoke("'pizza', 'tram' | Test-FoodWord -Model $args[0]", path).ThrowOnError();

        Assert.Equal([path], trained.Values("Model"));
        Assert.Equal(["300-5-1"], trained.Values("Network"));
        Assert.Equal(["negative", "positive"], (IEnumerable<string>)trained.Values("Labels").Single()!);
        Assert.Contains("weighted avg", (string)trained.Values("Report").Single()!, StringComparison.Ordinal);
        Assert.Contains("New-WordClassifier -Positive apple", (string)trained.Values("Command").Single()!, StringComparison.Ordinal);
        Assert.Equal(["positive", "negative"], tested.Values("Label"));
    }

    [Fact]
    public void LabelsOfACsvBecomeClassesWithAProbabilityEach()
    {
        string path = _folder.File("animals.onnx");
        Outcome trained = _module.Invoke(
            Animals + "$animals | New-WordClassifier -LabelProperty kind -Path $args[0] -CrossValidate 4", path).ThrowOnError();
        Outcome tested = _module.Invoke(
            "Test-Word crow, haddock, donkey, qwxzv -Model $args[0] | ForEach-Object { $_; \"$($_.Scores.Values -join ' ')\" }", path).ThrowOnError();
        PSObject[] words = [.. tested.Output.Where(item => item.BaseObject is not string)];

        Assert.Equal(["300-5-3"], trained.Values("Network"));
        Assert.Equal(["bird", "fish", "mammal"], (IEnumerable<string>)trained.Values("Labels").Single()!);
        Assert.NotNull(trained.Values("CrossValidation").Single());
        Assert.Equal(
            ["bird", "fish", "mammal", "unknown"], words.Select(word => word.Properties["Label"].Value));
        Assert.Equal("OnnxDeep.ClassifiedWord", words[0].TypeNames[0]);
        float[] scores = [.. ((string)tested.Output[1].BaseObject).Split(' ').Select(float.Parse)];
        Assert.Equal(1, scores.Sum(), 1e-5f);
        Assert.Equal(scores.Max(), (float)words[0].Properties["Probability"].Value, 1e-6f);
        Assert.Null(words[3].Properties["Scores"].Value);
        Assert.Single(tested.Warnings);
    }

    [Fact]
    public void ModelOfManyClassesIsNoneForFood()
    {
        string path = _folder.File("animals.onnx");
        _module.Invoke(Animals + "$animals | New-WordClassifier -LabelProperty kind -Path $args[0] -Epochs 2", path).ThrowOnError();

        Assert.Equal(["ModelOutputMismatch"], _module.Invoke("Test-FoodWord salad -Model $args[0]", path).ErrorIds);
    }

    [Fact]
    public void ModelOfManyClassesCanTakeWordsItself()
    {
        string path = _folder.File("animals.onnx");
        string words = _folder.File("animals-words.onnx");
        _module.Invoke(Animals + "$animals | New-WordClassifier -LabelProperty kind -Path $args[0]", path).ThrowOnError();
        _module.Invoke("$null = Export-WordModel -Model $args[0] -Path $args[1] -Keys 60000", path, words).ThrowOnError();
        const string Script = "'Robin', 'ice cream', 'shark', 'qwxzv' | Test-Word -Model $args[0] -WarningAction SilentlyContinue";

        Outcome byVectors = _module.Invoke(Script, path).ThrowOnError();
        Outcome byWords = _module.Invoke(Script, words).ThrowOnError();

        Assert.Equal(byVectors.Values("Label"), byWords.Values("Label"));
        Assert.All(
            byVectors.Values("Probability").Zip(byWords.Values("Probability")).SkipLast(1),
            pair => Assert.Equal((float)pair.First!, (float)pair.Second!, 1e-5f));
    }

    [Fact]
    public void WhatIsLeftOutIsNamed()
    {
        Outcome outcome = _module.Invoke(
            Animals
            + """
            $animals += @{ Word = 'bat'; kind = 'bird' }, @{ Word = 'bat'; kind = 'mammal' }, @{ Word = 'wolf'; kind = 'mammal' },
                @{ Word = 'qwxzv'; kind = 'fish' }, @{ Other = 1 }
            $animals | New-WordClassifier -LabelProperty kind -Path $args[0] -Epochs 1 | ForEach-Object Skipped
            """,
            _folder.File("a.onnx"));

        Assert.Equal(["PropertyMissing"], outcome.ErrorIds);
        Assert.Equal(
            ["Duplicate wolf", "SeveralLabels bat", "Unknown qwxzv"],
            outcome.Output.Select(item => $"{item.Properties["Reason"].Value} {item.Properties["Word"].Value}").Order());
        Assert.Contains("3 of 27", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersBecomeAModelThatTakesThemRaw()
    {
        string path = _folder.File("numbers.onnx");
        Outcome trained = _module.Invoke(
            Numbers + "$rows | New-Classifier -LabelProperty kind -Path $args[0] -Hidden 8, 4 -Epochs 60", path).ThrowOnError();
        Outcome summed = _module.Invoke("(Get-ModelSummary $args[0]).Parameters", path).ThrowOnError();

        Assert.Equal(["2-8-4-3"], trained.Values("Network"));
        Assert.Equal(["a", "b"], (IEnumerable<string>)trained.Values("Features").Single()!);
        Assert.True((double)trained.Values("Accuracy").Single()! > 0.9);
        Assert.Equal(24 + 36 + 15, Convert.ToInt32(summed.Output[0].BaseObject, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void NotebooksNoiseNetworkIsOneCall()
    {
        Outcome outcome = _module.Invoke(
            """
            $random = [Random]::new(1)
            1..100 | ForEach-Object { @{ a = $random.NextDouble(); b = $random.NextDouble(); c = $random.NextDouble(); y = $random.Next(2) } } |
                New-Classifier -LabelProperty y -Property a, b, c -Activation Sigmoid -Recipe Notebook -BatchSize 10 -NoStandardize -Path $args[0]
            """,
            _folder.File("noise.onnx")).ThrowOnError();

        Assert.Equal(["3-5-1"], outcome.Values("Network"));
        Assert.Equal([70], outcome.Values("TrainRows"));
        Assert.Contains("Total params: 26", (string)outcome.Values("Summary").Single()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-WordClassifier -Positive apple -Negative car", "TooFewExamples")]
    [InlineData("New-WordClassifier -Positive qwxzv -Negative zzqqj", "NoKnownWord")]
    [InlineData("'apple', 'pear' | ForEach-Object { @{ Word = $_; kind = 'x' } } | New-WordClassifier -LabelProperty kind", "OneClassOnly")]
    [InlineData("New-WordClassifier -Positive apple -Negative car -TestFraction 1", "FractionOutOfRange")]
    [InlineData("New-WordClassifier -Positive apple -Negative car -LearningRate 0", "LearningRateOutOfRange")]
    [InlineData("New-WordClassifier -Positive apple -Negative car -Vectors nosuch", "VectorsNotFound")]
    [InlineData("@{ kind = 'x'; a = 'b' } | New-Classifier -LabelProperty kind", "NoFeatures")]
    [InlineData("@{ a = 1 } | New-Classifier -LabelProperty kind", "NoFeatures")]
    public void WhatCannotBeTrainedIsToldAndNothingIsWritten(string script, string id)
    {
        string path = _folder.File("never.onnx");

        Assert.Equal([id], _module.Invoke($"{script} -Path $args[0]", path).ErrorIds);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void FilesAreKeptWithNoClobberAndWhatIf()
    {
        string path = _folder.Write("mine.onnx", "mine");

        Assert.Equal(["FileExists"], _module.Invoke($"{TwoLists} -NoClobber", path).ErrorIds);
        Assert.Empty(_module.Invoke($"{TwoLists} -WhatIf", path).ThrowOnError().Output);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void SameSeedGivesTheSameFile()
    {
        _module.Invoke(TwoLists, _folder.File("a.onnx")).ThrowOnError();
        _module.Invoke(TwoLists, _folder.File("b.onnx")).ThrowOnError();
        _module.Invoke($"{TwoLists} -Seed 7", _folder.File("c.onnx")).ThrowOnError();

        Assert.Equal(Weights("a.onnx"), Weights("b.onnx"));
        Assert.NotEqual(Weights("a.onnx"), Weights("c.onnx"));
    }

    private object?[] Weights(string name) =>
        [.. _module.Invoke("Get-LayerWeights $args[0] -Flat", _folder.File(name)).ThrowOnError().Values("Value")];
}
