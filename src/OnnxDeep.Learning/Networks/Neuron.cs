using CommunityToolkit.HighPerformance;

namespace OnnxDeep.Learning.Networks;

/// <summary>The notebook's basic unit of learning: z = Σ w·x + b, then a function of z.</summary>
internal static class Neuron
{
    /// <summary>Runs one neuron, which is a network of one layer with one unit.</summary>
    /// <param name="inputs">x, at least one.</param>
    /// <param name="weights">w, one for each input.</param>
    /// <param name="bias">b.</param>
    /// <param name="activation">The function of z.</param>
    /// <returns>z and the output.</returns>
    /// <exception cref="ArgumentException">
    /// There are no inputs, or the number of weights is not the number of inputs.
    /// </exception>
    public static (double Z, double Output) Fire(
        ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, double bias, NeuronActivation activation)
    {
        if (inputs.Length != weights.Length)
        {
            throw new ArgumentException(
                $"A neuron has one weight for each input: {weights.Length} weights do not fit {inputs.Length} inputs.",
                nameof(weights));
        }

        var column = new ReadOnlySpan2D<double>(weights.ToArray(), weights.Length, 1);
        var layer = new DenseLayer<double>("neuron", column, [bias], ToLayer(activation));
        ForwardStep step = ForwardTrace.Run(new Network<double>([layer]), inputs).Steps[0];
        double z = step.Z[0];
        return (z, activation == NeuronActivation.Step ? Step(z) : step.Activations[0]);
    }

    private static double Step(double z) => z > 0 ? 1 : 0;

    private static Activation ToLayer(NeuronActivation activation) => activation switch
    {
        NeuronActivation.Sigmoid => Activation.Sigmoid,
        NeuronActivation.ReLU => Activation.ReLU,
        NeuronActivation.Tanh => Activation.Tanh,
        _ => Activation.Linear,
    };
}

/// <summary>The function of a single neuron; unlike a layer's <see cref="Activation"/> it may be a step.</summary>
public enum NeuronActivation
{
    /// <summary>
    /// 1 if z is above 0, else 0, like a light that is on or off. Its slope is 0, so it cannot learn.
    /// </summary>
    Step,

    /// <summary>1 / (1 + e⁻ᶻ), from 0 to 1.</summary>
    Sigmoid,

    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>tanh z, from -1 to 1.</summary>
    Tanh,

    /// <summary>z itself.</summary>
    Linear,
}
