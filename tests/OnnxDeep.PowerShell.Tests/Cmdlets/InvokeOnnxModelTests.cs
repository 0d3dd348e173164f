using System.Collections;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class InvokeOnnxModelTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void RowsOfThePipelineGiveAnObjectEach()
    {
        Outcome outcome = _module.Invoke("1..300 | ForEach-Object { , (1, 2, $_) } | Invoke-OnnxModel noise").ThrowOnError();

        Assert.Equal(300, outcome.Output.Count);
        Assert.All(outcome.Values("probability"), value => Assert.IsType<float>(value));
        Assert.Equal(
            outcome.Values("probability").ElementAt(6),
            _module.Invoke("Invoke-OnnxModel noise 1, 2, 7").ThrowOnError().Values("probability").Single());
    }

    [Theory]
    [InlineData("Invoke-OnnxModel noise @{ features = (1, 2, 3), (1, 2, 3) }")]
    [InlineData("Invoke-OnnxModel noise ([pscustomobject]@{ features = (1, 2, 3), (1, 2, 3); more = 1 })")]
    [InlineData("Invoke-OnnxModel noise ((1, 2, 3), (1, 2, 3))")]
    [InlineData("$a = [double[,]]::new(2, 3); Invoke-OnnxModel noise $a")]
    public void ABatchIsOneObject(string script)
    {
        object? value = _module.Invoke(script).ThrowOnError().Values("probability").Single();

        var array = Assert.IsType<float[,]>(value);
        Assert.Equal((2, 1), (array.GetLength(0), array.GetLength(1)));
    }

    [Fact]
    public void WordsGoIntoAModelThatTakesText()
    {
        Outcome outcome = _module.Invoke("'soup', 'car' | Invoke-OnnxModel food-words -OutputName label, is_known").ThrowOnError();

        Assert.Equal(["food", "not food"], outcome.Values("label"));
        Assert.Equal(["label", "is_known"], outcome.Output[0].Properties.Select(property => property.Name));
    }

    [Fact]
    public void TensorsComeOutAsTheyAre()
    {
        Outcome outcome = _module.Invoke("(Invoke-OnnxModel noise 1, 2, 3 -AsTensor).probability.ToString()").ThrowOnError();

        Assert.Equal("float [1]", outcome.Output.Single().ToString());
    }

    [Fact]
    public void SettingsChangeNoResultAndTheProfileIsWritten()
    {
        using var directory = new TemporaryDirectory();
        string profile = directory.File("out.json");

        Outcome outcome = _module.Invoke(
            """
            (Invoke-OnnxModel noise 1, 2, 3).probability
            (Invoke-OnnxModel noise 1, 2, 3 -Threads 2 -GraphOptimization None -Profile $args[0] -RunTimeout 60).probability
            """,
            profile).ThrowOnError();

        Assert.Equal(outcome.Output[0].BaseObject, outcome.Output[1].BaseObject);
        Assert.StartsWith("[", File.ReadAllText(profile).TrimStart(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-OnnxModel nosuch 1", "ModelNotFound")]
    [InlineData("Invoke-OnnxModel noise 1, 2", "InputShapeMismatch")]
    [InlineData("Invoke-OnnxModel noise ((1, 2, 3), (1, 2))", "InputShapeMismatch")]
    [InlineData("Invoke-OnnxModel noise abc", "InputTypeMismatch")]
    [InlineData("Invoke-OnnxModel noise $null", "InputTypeMismatch")]
    [InlineData("Invoke-OnnxModel noise @{ feature = 1, 2, 3 }", "InputNameUnknown")]
    [InlineData("Invoke-OnnxModel noise @{}", "InputMissing")]
    [InlineData("Invoke-OnnxModel noise 1, 2, 3 -OutputName x", "OutputNameUnknown")]
    [InlineData("Test-OnnxModel /nosuch/folder", "ModelTestsNotFound")]
    [InlineData("Import-OnnxTensor /nosuch/a.pb", "FileNotFound")]
    [InlineData("Import-OnnxTensor env:PATH", "NotFileSystem")]
    public void ErrorsHaveStableIds(string script, string id) => Assert.Equal([id], _module.Invoke(script).ErrorIds);

    [Fact]
    public void OneBadRowLeavesTheOthers()
    {
        Outcome outcome = _module.Invoke(", (1, 2, 3), , (1, 2), , (4, 5, 6) | ForEach-Object { , $_[0] } | Invoke-OnnxModel noise");

        Assert.Equal(["InputShapeMismatch"], outcome.ErrorIds);
        Assert.Equal(2, outcome.Output.Count);
    }

    [Fact]
    public void FixturesPassThroughTheCmdlet()
    {
        string folder = Fixtures.Find("onnx");

        Outcome outcome = _module.Invoke("Test-OnnxModel $args[0]", folder).ThrowOnError();

        Assert.Equal(22, outcome.Output.Count);
        Assert.Equal(20, outcome.Values("Passed").Count(value => value is true));
        Assert.Equal(2, outcome.Values("Skipped").Count(value => value is true));
        Assert.Equal("OnnxDeep.ModelTestResult", outcome.Output[0].TypeNames[0]);
    }

    [Fact]
    public void ImportedTensorsGoIntoAModel()
    {
        string folder = Fixtures.Find("onnx", "test_single_relu_model");

        Outcome outcome = _module.Invoke(
            """
            $x = Import-OnnxTensor "$($args[0])/test_data_set_0/input_0.pb"
            $y = Import-OnnxTensor "$($args[0])/test_data_set_0/output_0.pb"
            (Invoke-OnnxModel "$($args[0])/model.onnx" @{ x = $x }).y
            , $y.ToArray()
            """,
            folder).ThrowOnError();

        Assert.Equal(((IEnumerable)outcome.Output[^1].BaseObject).Cast<object>(), outcome.Output.Take(2).Select(item => item.BaseObject));
    }

    [Fact]
    public void OutputsAreCompleted() => Assert.Equal(
        ["probability"],
        _module.Invoke("$line = 'Invoke-OnnxModel noise -OutputName '; (TabExpansion2 $line $line.Length).CompletionMatches").ThrowOnError().Values("CompletionText"));
}
