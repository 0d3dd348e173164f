using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Tests.Learning.Networks;

public sealed class NeuronTests
{
    [Theory]
    [InlineData(100, -50, 0)]
    [InlineData(5, 45, 1)]
    [InlineData(50, 0, 0)]
    public void LightIsOffInSunshineAndOnInMoonshine(double lumens, double z, double output) =>
        Assert.Equal((z, output), Neuron.Fire([lumens], [-1], 50, NeuronActivation.Step));

    [Theory]
    [InlineData(NeuronActivation.Sigmoid, 0.7310585786300049)]
    [InlineData(NeuronActivation.Tanh, 0.7615941559557649)]
    [InlineData(NeuronActivation.ReLU, 1)]
    [InlineData(NeuronActivation.Linear, 1)]
    public void SeveralInputsAreSummedBeforeTheActivation(NeuronActivation activation, double output)
    {
        (double z, double actual) = Neuron.Fire([2, 3], [-1, 0.5], 1.5, activation);

        Assert.Equal(1, z);
        Assert.Equal(output, actual, 1e-15);
    }

    [Fact]
    public void WeightsMustBeAsManyAsInputs() =>
        Assert.Throws<ArgumentException>(() => Neuron.Fire([1, 2], [1], 0, NeuronActivation.Step));
}
