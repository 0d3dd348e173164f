namespace OnnxDeep.Tests.Cmdlets;

/// <summary>Values that contain themselves; without a limit, reading one ends the process.</summary>
public sealed class EndlessValueTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private const string Values =
        """
        $array = [object[]]::new(2); $array[0] = $array; $array[1] = $array
        $list = [Collections.Generic.List[object]]::new(); $list.Add(1); $list.Add($list)
        $object = [pscustomobject]@{}
        foreach ($name in 'Word', 'History', 'Epochs', 'Counts', 'Confusion', 'Label', 'Truth') {
            $object | Add-Member $name $object
        }
        $table = @{ Word = 0 }; $table.Word = $table
        Set-Location -LiteralPath $args[0]

        """;

    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Trace-Network -Weight $array -Bias (1, 2), (3, 4) -InputObject 1", "NestingTooDeep")]
    [InlineData("Trace-Network -Weight 1, 2 -Bias $list -InputObject 1", "NestingTooDeep")]
    [InlineData("Trace-Network -Seed 1 -InputObject $array", "NestingTooDeep")]
    [InlineData("Get-NetworkGradient -Seed 1 -Target $list", "NestingTooDeep")]
    [InlineData("Invoke-Neuron -InputSignal 1 -Weight $array", "NestingTooDeep")]
    [InlineData("Invoke-Neuron -InputSignal $list -Weight 1", "NestingTooDeep")]
    [InlineData("Get-LossCurve -TangentAt $array", "NestingTooDeep")]
    [InlineData("Measure-Loss -Predicted $array -Actual $array", "NestingTooDeep")]
    [InlineData("Measure-Regression -Predicted $array -Actual $array", "NestingTooDeep")]
    [InlineData("Export-LossCurvePlot a.svg -X $list -Y $list", "NestingTooDeep")]
    [InlineData("Export-LossPlot a.svg -History $object", "NestingTooDeep")]
    [InlineData("Export-ConfusionPlot a.svg -Matrix $object", "ConfusionInvalid")]
    [InlineData("Export-ConfusionPlot a.svg -Matrix $array", "ConfusionInvalid")]
    [InlineData("$object | Export-ConfusionPlot a.svg", "ConfusionInvalid")]
    [InlineData(", $array | Test-FoodWord", "NestingTooDeep")]
    [InlineData("$object | Test-FoodWord", "NotAWord")]
    [InlineData("$table | Test-FoodWord", "NotAWord")]
    [InlineData("[pscustomobject]@{ Word = $array } | Get-WordVector", "NestingTooDeep")]
    [InlineData("Find-SimilarWord pizza -WordProperty { , $array }", "NestingTooDeep")]
    [InlineData("Invoke-OnnxModel noise $array", "InputShapeMismatch")]
    [InlineData("Invoke-OnnxModel noise $list", "InputShapeMismatch")]
    [InlineData("Compare-OnnxModel noise -InputObject @{ x = $array }", "InputNameUnknown")]
    [InlineData("Compare-OnnxModel noise -GraphOptimization $array", "ParameterArgumentTransformationError")]
    [InlineData("New-Classifier a.onnx -Activation $list", "ParameterArgumentTransformationError")]
    public void ValueThatContainsItselfIsAnError(string command, string id)
    {
        Outcome outcome = _module.Invoke(Values + command, _directory.Path);

        Assert.Equal(id, outcome.ErrorIds.First());
    }

    [Fact]
    public void OtherWordsAreClassified()
    {
        Outcome outcome = _module.Invoke(
            "$array = , 0; $array[0] = $array; 'salad', $array, 'laptop' | Test-FoodWord");

        Assert.Equal(["NestingTooDeep"], outcome.ErrorIds);
        Assert.Equal(["food", "not food"], outcome.Values("Label"));
    }

    [Fact]
    public void ListsInListsUpToTheLimitAreRead()
    {
        Outcome outcome = _module.Invoke(
            "$a = 5; foreach ($i in 1..60) { $a = , $a }; Invoke-Neuron -InputSignal $a -Weight 2").ThrowOnError();

        Assert.Equal([10d], outcome.Values("Z"));
    }

    [Theory]
    [InlineData("([DBNull]::Value)")]
    [InlineData("@{ a = 1 }")]
    [InlineData("(, 'Word')")]
    public void NameOfAPropertyIsText(string name)
    {
        Outcome outcome = _module.Invoke($"[pscustomobject]@{{ Word = 'tea' }} | Get-WordVector -WordProperty {name}");

        Assert.Equal(["PropertyNameInvalid"], outcome.ErrorIds);
    }

    [Fact]
    public void PropertyThatFailsIsAnErrorOfItsRow()
    {
        Outcome outcome = _module.Invoke(
            """
            $bad = [pscustomobject]@{} | Add-Member ScriptProperty Word { throw 'No word.' } -PassThru
            'salad', $bad, 'laptop' | Test-FoodWord
            """);

        Assert.Equal(["PropertyFailed"], outcome.ErrorIds);
        Assert.Contains("'Word' of an object failed: No word.", $"{outcome.Errors[0]}", StringComparison.Ordinal);
        Assert.Equal(["food", "not food"], outcome.Values("Label"));
    }
}
