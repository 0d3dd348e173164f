namespace OnnxDeep.Tests.Cmdlets;

public sealed class InvokeNeuronTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void LightIsOffAt100LumensAndOnAt5()
    {
        Outcome outcome = _module.Invoke("100, 5 | Invoke-Neuron -Weight -1 -Bias 50").ThrowOnError();

        Assert.Equal([100.0, 5.0], outcome.Values("InputSignal"));
        Assert.Equal([-1.0, -1.0], outcome.Values("Weight"));
        Assert.Equal([50.0, 50.0], outcome.Values("Bias"));
        Assert.Equal([-50.0, 45.0], outcome.Values("Z"));
        Assert.Equal(["Step", "Step"], outcome.Values("Activation"));
        Assert.Equal([0.0, 1.0], outcome.Values("Output"));
    }

    [Theory]
    [InlineData("Sigmoid", 0.5)]
    [InlineData("Tanh", 0)]
    [InlineData("ReLU", 0)]
    [InlineData("Linear", 0)]
    [InlineData("Step", 0)]
    public void ActivationIsChosenByName(string activation, double output) => Assert.Equal(
        [output], _module.Invoke("Invoke-Neuron 50 -1 50 -Activation $args[0]", activation).ThrowOnError().Values("Output"));

    [Fact]
    public void SeveralWeightsTakeSeveralSignals()
    {
        Outcome outcome = _module.Invoke("(0, 1), (1, 1) | Invoke-Neuron -Weight 1, 1 -Bias -1.5").ThrowOnError();

        Assert.Equal([0.0, 1.0], outcome.Values("Output"));
        Assert.Equal([1.0, 1.0], (double[])outcome.Output[0].Properties["Weight"].Value);
    }

    [Fact]
    public void SignalsWithoutAWeightEachAreLeftOut()
    {
        Outcome outcome = _module.Invoke("(1, 2, 3), (1, 1) | Invoke-Neuron -Weight 1, 1");

        Assert.Equal(["WeightCountMismatch"], outcome.ErrorIds);
        Assert.Equal([2.0], outcome.Values("Z"));
    }
}
