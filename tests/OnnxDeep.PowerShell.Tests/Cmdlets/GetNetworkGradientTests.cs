using System.Collections.Specialized;
using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class GetNetworkGradientTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void EveryParameterHasItsGradientAndDirection()
    {
        Outcome outcome = _module.Invoke("Get-NetworkGradient -Seed 3 -Target 1").ThrowOnError();

        Assert.Equal(26, outcome.Output.Count);
        Assert.All(outcome.Output, parameter =>
        {
            double gradient = (double)parameter.Properties["Gradient"].Value;
            Assert.Equal(
                gradient > 0 ? "decrease" : gradient < 0 ? "increase" : "stay", parameter.Properties["Direction"].Value);
            var factors = (OrderedDictionary)parameter.Properties["Factors"].Value;
            Assert.Equal(gradient, factors.Values.Cast<double>().Aggregate((a, b) => a * b), 1e-12);
        });
    }

    [Fact]
    public void W21IsTheNotebooksDerivation()
    {
        PSObject w21 = Assert.Single(_module.Invoke("Get-NetworkGradient -Seed 3 -Target 1 -Name w21").ThrowOnError().Output);

        var factors = (OrderedDictionary)w21.Properties["Factors"].Value;
        Assert.Equal(["dL/dy", "dy/dz_output", "dz_output/dw21"], factors.Keys.Cast<string>());
        Assert.Equal((1, "Weight", 0, 0), ((int)w21.Properties["Index"].Value, (string)w21.Properties["Kind"].Value, (int)w21.Properties["Input"].Value, (int)w21.Properties["Unit"].Value));
    }

    [Fact]
    public void GradientEqualsCentralDifferencesOfItsOwnLoss()
    {
        Outcome outcome = _module.Invoke(
            """
            $t = Trace-Network -Seed 11
            $hidden, $output = $t.Layers
            foreach ($loss in 'MSE', 'BCE') {
                $common = @{ InputObject = $t.Inputs; Target = 0; Loss = $loss; Name = 'b_output' }
                $exact = Get-NetworkGradient -Seed 11 -Target 0 -Loss $loss -Name b_output
                $losses = foreach ($h in 1e-6, -1e-6) {
                    $b = $output.Biases[0] + $h
                    (Get-NetworkGradient -Weight $hidden.Weights, $output.Weights -Bias $hidden.Biases, $b @common).Loss
                }
                $exact.Gradient - ($losses[0] - $losses[1]) / 2e-6
            }
            """).ThrowOnError();

        Assert.All(outcome.Output, difference => Assert.InRange((double)difference.BaseObject, -1e-6, 1e-6));
        Assert.Equal(2, outcome.Output.Count);
    }

    [Theory]
    [InlineData("mse", "HalfSquaredError")]
    [InlineData("BCE", "BinaryCrossEntropy")]
    public void LossesHaveTheNotebooksNamesToo(string name, string own)
    {
        Outcome outcome = _module.Invoke(
            "foreach ($l in $args) { Get-NetworkGradient -Seed 1 -Target 1 -Loss $l -Name b_output }", name, own).ThrowOnError();

        object?[] gradients = [.. outcome.Values("Gradient")];
        Assert.Equal(gradients[0], gradients[1]);
    }

    [Fact]
    public void WordsAndModelsWorkAsForTraceNetwork()
    {
        Outcome outcome = _module.Invoke("Get-NetworkGradient -Model food -Word lemon -Target 1 -Loss BCE").ThrowOnError();

        Assert.Equal(1511, outcome.Output.Count);
        Assert.Equal(["food"], outcome.Values("Model").Distinct());
    }

    [Theory]
    [InlineData("Get-NetworkGradient -Seed 1 -Target 1, 0", "TargetCountMismatch")]
    [InlineData("Get-NetworkGradient -Seed 1 -Target 1 -Loss CategoricalCrossEntropy", "LossUnfit")]
    [InlineData("Get-NetworkGradient -Weight 1 -Bias 0 -Activation Linear -InputObject 1 -Target 1 -Loss BCE", "LossUnfit")]
    [InlineData("Get-NetworkGradient -Seed 1 -Target 1 -Name w29", "ParameterNotFound")]
    public void WhatDoesNotFitIsAnError(string script, string id) => Assert.Equal([id], _module.Invoke(script).ErrorIds);

    [Fact]
    public void LossesAreCompleted() => Assert.Equal(
        ["BCE", "BinaryCrossEntropy", "CategoricalCrossEntropy", "HalfSquaredError", "MeanSquaredError", "MSE"],
        _module.Invoke("(TabExpansion2 -inputScript $args[0] -cursorColumn $args[0].Length).CompletionMatches", "Get-NetworkGradient -Loss ")
            .ThrowOnError().Values("CompletionText").Cast<string>().Order(StringComparer.OrdinalIgnoreCase));
}
