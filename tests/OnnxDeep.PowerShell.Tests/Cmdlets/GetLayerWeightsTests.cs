using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class GetLayerWeightsTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void DefaultModelIsFoodWithKerasShapes()
    {
        Outcome outcome = _module.Invoke("Get-LayerWeights").ThrowOnError();

        Assert.Equal(["dense", "dense_1"], outcome.Values("Layer"));
        Assert.Equal([0, 1], outcome.Values("Index"));
        Assert.Equal(["ReLU", "Sigmoid"], outcome.Values("Activation"));
        Assert.Equal([300, 5], outcome.Values("Inputs"));
        Assert.Equal([5, 1], outcome.Values("Units"));
        Assert.Equal([1505, 6], outcome.Values("Parameters"));
        var weights = (float[,])outcome.Output[0].Properties["Weights"].Value;
        Assert.Equal((300, 5), (weights.GetLength(0), weights.GetLength(1)));
        Assert.Equal(5, ((float[])outcome.Output[0].Properties["Biases"].Value).Length);
        Assert.Equal("OnnxDeep.LayerWeights", outcome.Output[0].TypeNames[0]);
    }

    [Theory]
    [InlineData("Get-LayerWeights noise dense_1")]
    [InlineData("Get-LayerWeights noise -Layer 1")]
    [InlineData("Get-LayerWeight -Model noise -Layer *_1")]
    [InlineData("'noise' | Get-LayerWeights -Layer 1, dense_1")]
    [InlineData("[pscustomobject]@{ Model = 'noise' } | Get-LayerWeights -Layer 1")]
    public void LayersAreChosenByNamePatternOrNumber(string script) =>
        Assert.Equal(["dense_1"], _module.Invoke(script).ThrowOnError().Values("Layer"));

    [Fact]
    public void FlatIsARowAWeightInTheSameNumbers()
    {
        Outcome flat = _module.Invoke("Get-LayerWeights noise -Flat").ThrowOnError();
        var weights = (float[,])_module.Invoke("Get-LayerWeights noise dense").Output[0].Properties["Weights"].Value;

        Assert.Equal(26, flat.Output.Count);
        PSObject row = flat.Output.Single(o =>
            (string)o.Properties["Layer"].Value == "dense"
            && o.Properties["Input"].Value is 2
            && o.Properties["Unit"].Value is 3);
        Assert.Equal(weights[2, 3], row.Properties["Value"].Value);
        Assert.Equal(6, flat.Output.Count(o => (string)o.Properties["Kind"].Value == "Bias"));
    }

    [Fact]
    public void UnknownLayerNamesTheOnesThereAre()
    {
        Outcome outcome = _module.Invoke("Get-LayerWeights noise -Layer conv, dense");

        Assert.Equal(["LayerNotFound"], outcome.ErrorIds);
        Assert.Contains("dense, dense_1", outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["dense"], outcome.Values("Layer"));
    }

    [Fact]
    public void BrokenPatternIsALayerThatIsNotThere() =>
        Assert.Equal(["LayerNotFound"], _module.Invoke("Get-LayerWeights noise -Layer 'conv['").ErrorIds);

    [Fact]
    public void OneBadModelLeavesTheOthers()
    {
        using var directory = new TemporaryDirectory();
        string text = directory.Write("text.onnx", "no model");
        string locked = directory.Write("locked.onnx", "no model");
        using var handle = new FileStream(locked, FileMode.Open, FileAccess.Write, FileShare.None);

        Outcome outcome = _module.Invoke(
            "'nosuch', 'nosuchdrive:\\a.onnx', $args[0], $args[1], 'noise' | Get-LayerWeights", text, locked);

        Assert.Equal(["ModelNotFound", "ModelNotFound", "ModelNotOnnx", "FileNotReadable"], outcome.ErrorIds);
        Assert.Equal(2, outcome.Output.Count);
    }

    [Fact]
    public void ModelWithoutDenseLayersSaysSo()
    {
        string model = Fixtures.Find("onnx", "test_sign_model", "model.onnx");

        Assert.Equal(["NoDenseLayers"], _module.Invoke("Get-LayerWeights $args[0]", model).ErrorIds);
    }

    [Fact]
    public void ModelsAndLayersAreCompleted()
    {
        Assert.Equal(
            ["food", "food-words", "noise"], Complete("Get-LayerWeights -Model ").Where(text => !text.Contains('/')).Take(3));
        Assert.Equal(["dense", "dense_1"], Complete("Get-LayerWeights noise -Layer "));
    }

    private IEnumerable<string> Complete(string line) => _module
        .Invoke("(TabExpansion2 -inputScript $args[0] -cursorColumn $args[0].Length).CompletionMatches", line)
        .ThrowOnError()
        .Values("CompletionText")
        .Cast<string>();
}
