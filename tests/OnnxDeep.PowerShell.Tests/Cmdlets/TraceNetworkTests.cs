using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class TraceNetworkTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void SeedDrawsTheNotebooksNumbersAsNumPyDoes()
    {
        PSObject trace = Assert.Single(_module.Invoke("Trace-Network -Seed 42").ThrowOnError().Output);

        double[] inputs = (double[])trace.Properties["Inputs"].Value;
        Assert.Equal([-25.09197623, 90.14286128, 46.39878836], inputs.Select(x => Math.Round(x, 8)));
        Assert.Equal(42u, trace.Properties["Seed"].Value);
        Assert.Equal(0.64591497, (double)trace.Properties["Output"].Value, 1e-8);
        Assert.Equal(1, trace.Properties["Class"].Value);
        Assert.Contains("gives a_n", (string)trace.Properties["Text"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutASeedEachCallDrawsAnewAndTellsIt()
    {
        Outcome outcome = _module.Invoke("$a = Trace-Network; $a; Trace-Network; Trace-Network -Seed $a.Seed").ThrowOnError();

        object?[] outputs = [.. outcome.Values("Output")];
        Assert.NotEqual(outputs[0], outputs[1]);
        Assert.Equal(outputs[0], outputs[2]);
    }

    [Fact]
    public void GivenInputsTakeThePlaceOfTheDrawnOnes() => Assert.Equal(
        [3, 3], _module.Invoke("1, 2, 3, 4, 5, 6 | Trace-Network -Seed 1").ThrowOnError().Output
            .Select(trace => ((double[])trace.Properties["Inputs"].Value).Length));

    [Fact]
    public void WordGivesWhatTestFoodWordGives()
    {
        Outcome outcome = _module.Invoke(
            "$p = Test-FoodWord lemon, laptop; $p; $p | Trace-Network -Model food").ThrowOnError();

        Assert.Equal((float)outcome.Output[0].Properties["Probability"].Value, (double)outcome.Output[2].Properties["Output"].Value, 1e-6);
        Assert.Equal((float)outcome.Output[1].Properties["Probability"].Value, (double)outcome.Output[3].Properties["Output"].Value, 1e-6);
        Assert.Equal(["food", "not food"], outcome.Values("Label").Skip(2));
        Assert.Equal(["lemon", "laptop"], outcome.Values("Word").Skip(2));
    }

    [Theory]
    [InlineData("-Weight $l[0].Weights, $l[1].Weights -Bias $l[0].Biases, $l[1].Biases")]
    [InlineData("-Weights @($l[0].Weights | ForEach-Object { $_ }), $l[1].Weights -Biases $l[0].Biases, $l[1].Biases[0] -Activation Sigmoid, Sigmoid")]
    public void GivenWeightsAreAModelToo(string arguments)
    {
        Outcome outcome = _module.Invoke(
            $"$l = Get-LayerWeights noise; Trace-Network -Model noise -InputObject 1, 2, 3; Trace-Network {arguments} -InputObject 1, 2, 3")
            .ThrowOnError();

        object?[] outputs = [.. outcome.Values("Output")];
        Assert.Equal(outputs[0], outputs[1]);
    }

    [Fact]
    public void NestedListsAreInputsByUnits()
    {
        Outcome outcome = _module.Invoke(
            "Trace-Network -Weight (,((1, 2), (3, 4))) -Bias (,(10, 20)) -Activation Linear -InputObject 1, 2").ThrowOnError();

        Assert.Equal([17.0, 30.0], (double[])outcome.Output[0].Properties["Output"].Value);
    }

    [Fact]
    public void PlainNumbersAreOneLayer() => Assert.Equal(
        [-50.0],
        _module.Invoke("Trace-Network -Weight -1 -Bias 50 -Activation Linear -InputObject 100").ThrowOnError().Values("Output"));

    [Theory]
    [InlineData("Trace-Network -Weight (1, 2), (3, 4) -Bias 0 -InputObject 1")]
    [InlineData("Trace-Network -Weight (1, 2, 3), (1, 2) -Bias (0, 0), 0 -InputObject 1")]
    [InlineData("Trace-Network -Weight (1, 2), (1, 2, 3) -Bias (0, 0), 0 -InputObject 1")]
    [InlineData("Trace-Network -Weight 1, 'x' -Bias 0 -InputObject 1")]
    [InlineData("Trace-Network -Weight 1, 2 -Bias 0 -Activation Tanh, Tanh -InputObject 1, 2")]
    public void WeightsThatMakeNoNetworkAreRefused(string script) =>
        Assert.Equal(["WeightsInvalid"], _module.Invoke(script).ErrorIds);

    [Theory]
    [InlineData("(1, 2), (1, 2, 3) | Trace-Network -Model noise", 1)]
    [InlineData("1, 2, 3, 4 | Trace-Network -Model noise", 1)]
    [InlineData("1, (1, 2, 3) | Trace-Network -Model noise", 1)]
    public void RowsOfTheWrongLengthAreLeftOut(string script, int rows)
    {
        Outcome outcome = _module.Invoke(script);

        Assert.Equal(["InputCountMismatch"], outcome.ErrorIds);
        Assert.Equal(rows, outcome.Output.Count);
    }

    [Fact]
    public void UnknownWordLeavesTheOthers()
    {
        Outcome outcome = _module.Invoke("Trace-Network -Model food -Word qwxzv, ' ', lemon");

        Assert.Equal(["WordUnknown", "BlankWord"], outcome.ErrorIds);
        Assert.Single(outcome.Output);
    }

    [Theory]
    [InlineData("Trace-Network -Model nosuch -InputObject 1", "ModelNotFound")]
    [InlineData("Trace-Network -Model noise -Word lemon", "InputCountMismatch")]
    [InlineData("Trace-Network -Model food -Word lemon -Vectors nosuch", "VectorsNotFound")]
    public void BadConfigurationEndsTheCommand(string script, string id)
    {
        Outcome outcome = _module.Invoke(script);

        Assert.Equal([id], outcome.ErrorIds);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void ModelOfOtherOperatorsIsRefused() => Assert.Equal(
        ["ModelNotDense"],
        _module.Invoke(
            "Trace-Network -Model $args[0] -InputObject 1", Fixtures.Find("onnx", "test_sign_model", "model.onnx")).ErrorIds);
}
