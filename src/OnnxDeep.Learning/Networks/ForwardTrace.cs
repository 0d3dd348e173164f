using OnnxDeep.Learning.Data;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>Every number of one forward pass, by the kernels that training uses, in double precision.</summary>
public sealed class ForwardTrace
{
    private ForwardTrace(IReadOnlyList<LayerTrace> layers, double threshold)
    {
        Layers = layers;
        Class = Classes.FromOutputs<double>(Outputs, threshold);
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<LayerTrace> Layers { get; }

    /// <summary>What the network was given, [inputs].</summary>
    public double[] Inputs => Layers[0].Inputs;

    /// <summary>What it answered, [units].</summary>
    public double[] Outputs => Layers[^1].Activations;

    /// <summary>For one output whether it reaches the threshold (0 or 1), for more the number of the largest.</summary>
    public int Class { get; }

    /// <summary>Runs one row through the network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[inputs].</param>
    /// <param name="threshold">The probability from which a single output means class 1.</param>
    /// <exception cref="ArgumentException">There are not as many inputs as the network takes.</exception>
    public static ForwardTrace Run(PreciseNetwork network, ReadOnlySpan<double> inputs, double threshold = 0.5)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (inputs.Length != network.Inputs)
        {
            throw new ArgumentException(
                $"{inputs.Length} inputs were given to a network that takes {network.Inputs}.", nameof(inputs));
        }

        var layers = new List<LayerTrace>(network.Layers.Count);
        double[] x = inputs.ToArray();
        foreach (PreciseLayer layer in network.Layers)
        {
            layers.Add(Run(layer, x));
            x = layers[^1].Activations;
        }

        return new ForwardTrace(layers, threshold);
    }

    private static LayerTrace Run(PreciseLayer layer, double[] x)
    {
        double[] padded = new double[LaneMath.Pad(x.Length)];
        x.CopyTo(padded, 0);
        double[] z = new double[layer.Units];
        DenseKernels.Forward<double>(padded, DenseKernels.Pack<double>(layer.Weights), layer.Biases, z);
        double[] a = [.. z];
        ActivationFunctions.Apply<double>(layer.Activation, a);

        double[,] weighted = new double[layer.Inputs, layer.Units];
        for (int i = 0; i < layer.Inputs; i++)
        {
            for (int u = 0; u < layer.Units; u++)
            {
                weighted[i, u] = x[i] * layer.Weights[i, u];
            }
        }

        return new LayerTrace(layer, x, weighted, z, a);
    }
}

/// <summary>What one layer made of its inputs.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">x, [inputs].</param>
/// <param name="WeightedInputs">x·w before any sum, [inputs, units].</param>
/// <param name="Z">The sums and the bias, [units].</param>
/// <param name="Activations">a = f(z), [units].</param>
public sealed record LayerTrace(
    PreciseLayer Layer, double[] Inputs, double[,] WeightedInputs, double[] Z, double[] Activations);
