namespace OnnxDeep.Learning.Networks;

/// <summary>The notebook's basic unit of learning: z = Σ w·x + b, then a function of z.</summary>
public static class Neuron
{
    /// <summary>Runs one neuron, which is a network of one layer with one unit.</summary>
    /// <param name="inputs">x, at least one.</param>
    /// <param name="weights">w, one an input.</param>
    /// <param name="bias">b.</param>
    /// <param name="activation">The function of z.</param>
    /// <returns>z and the output.</returns>
    /// <exception cref="ArgumentException">There are not as many weights as inputs, or none.</exception>
    public static (double Z, double Output) Fire(
        ReadOnlySpan<double> inputs, ReadOnlySpan<double> weights, double bias, NeuronActivation activation)
    {
        if (inputs.Length != weights.Length)
        {
            throw new ArgumentException(
                $"{weights.Length} weights were given for {inputs.Length} inputs; a neuron has one an input.",
                nameof(weights));
        }

        double[,] column = new double[weights.Length, 1];
        for (int i = 0; i < weights.Length; i++)
        {
            column[i, 0] = weights[i];
        }

        var neuron = new PreciseNetwork([new PreciseLayer("neuron", column, [bias], ToLayer(activation))]);
        LayerTrace trace = ForwardTrace.Run(neuron, inputs).Layers[0];
        double z = trace.Z[0];
        return (z, activation == NeuronActivation.Step ? Step(z) : trace.Activations[0]);
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

/// <summary>What a single neuron does with z; unlike a layer's <see cref="Activation"/> it may be a step.</summary>
public enum NeuronActivation
{
    /// <summary>1 where z is above 0, else 0: a light that is on or off. It has no slope to learn by.</summary>
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
