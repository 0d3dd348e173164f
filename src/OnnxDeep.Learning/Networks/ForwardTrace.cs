using OnnxDeep.Learning.Data;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>Every number of one forward pass, from the kernels that training uses, in double precision.</summary>
internal sealed class ForwardTrace
{
    private ForwardTrace(IReadOnlyList<ForwardStep> steps, double threshold)
    {
        Steps = steps;
        Class = Classes.FromOutputs<double>(Outputs, threshold);
    }

    /// <summary>One step for each layer, first to last.</summary>
    public IReadOnlyList<ForwardStep> Steps { get; }

    /// <summary>The network's inputs, [inputs].</summary>
    public double[] Inputs => Steps[0].Inputs;

    /// <summary>The network's outputs, [units].</summary>
    public double[] Outputs => Steps[^1].Activations;

    /// <summary>
    /// One output: 1 if it reaches the threshold, else 0. Several outputs: the index of the largest.
    /// </summary>
    public int Class { get; }

    /// <summary>Runs one row through the network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[inputs].</param>
    /// <param name="threshold">A single output means class 1 if it is at or above this probability.</param>
    /// <exception cref="ArgumentException">The number of inputs is not the network's.</exception>
    public static ForwardTrace Run(Network<double> network, ReadOnlySpan<double> inputs, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (inputs.Length != network.Inputs)
        {
            throw new ArgumentException(
                $"The network takes {network.Inputs} inputs, but {inputs.Length} were given.", nameof(inputs));
        }

        var steps = new List<ForwardStep>(network.Layers.Count);
        double[] x = inputs.ToArray();
        foreach (DenseLayer<double> layer in network.Layers)
        {
            steps.Add(Run(layer, x));
            x = steps[^1].Activations;
        }

        return new ForwardTrace(steps, threshold);
    }

    private static ForwardStep Run(DenseLayer<double> layer, double[] x)
    {
        double[] padded = new double[LaneMath.Pad(x.Length)];
        x.CopyTo(padded, 0);
        double[] z = new double[layer.Units];
        DenseKernels.Forward(padded, layer.Packed, layer.Biases, z);
        double[] a = [.. z];
        ActivationFunctions.Apply<double>(layer.Activation, a);

        double[,] weighted = layer.Weights.ToArray();
        for (int i = 0; i < layer.Inputs; i++)
        {
            for (int u = 0; u < layer.Units; u++)
            {
                weighted[i, u] *= x[i];
            }
        }

        return new ForwardStep(layer, x, weighted, z, a);
    }
}

/// <summary>The numbers of one layer in a forward pass.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">x, [inputs].</param>
/// <param name="WeightedInputs">x·w of each weight, [inputs, units].</param>
/// <param name="Z">z = Σ x·w + b, [units].</param>
/// <param name="Activations">a = f(z), [units].</param>
internal sealed record ForwardStep(
    DenseLayer<double> Layer, double[] Inputs, double[,] WeightedInputs, double[] Z, double[] Activations);
