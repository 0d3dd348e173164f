using CommunityToolkit.HighPerformance;

namespace OnnxDeep.Learning.Networks;

/// <summary>A fully connected layer in double precision, as NumPy counts, to look into rather than to train.</summary>
public sealed class PreciseLayer
{
    /// <summary>Keeps the arrays that it is given.</summary>
    /// <param name="name">Such as <c>dense_1</c>.</param>
    /// <param name="weights">[inputs, units].</param>
    /// <param name="biases">[units].</param>
    /// <param name="activation">The function of the weighted inputs.</param>
    /// <exception cref="ArgumentException">There are no inputs or units, or the biases are not one a unit.</exception>
    public PreciseLayer(string name, double[,] weights, double[] biases, Activation activation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(biases);
        if (weights.Length == 0 || biases.Length != weights.GetLength(1))
        {
            throw new ArgumentException(
                $"Layer '{name}' has weights [{weights.GetLength(0)}, {weights.GetLength(1)}] "
                + $"and {biases.Length} biases; "
                + "it needs at least one input and one unit, and one bias a unit.",
                nameof(biases));
        }

        (Name, Weights, Biases, Activation) = (name, weights, biases, activation);
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>The numbers that come in.</summary>
    public int Inputs => Weights.GetLength(0);

    /// <summary>The numbers that go out.</summary>
    public int Units => Weights.GetLength(1);

    /// <summary>The function of the weighted inputs.</summary>
    public Activation Activation { get; }

    /// <summary>[inputs, units].</summary>
    public double[,] Weights { get; }

    /// <summary>[units].</summary>
    public double[] Biases { get; }

    /// <summary>The same layer with every float widened, which changes no number.</summary>
    public static PreciseLayer From(DenseLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        double[,] weights = new double[layer.Inputs, layer.Units];
        ReadOnlySpan2D<float> source = layer.Weights;
        for (int i = 0; i < layer.Inputs; i++)
        {
            for (int u = 0; u < layer.Units; u++)
            {
                weights[i, u] = source[i, u];
            }
        }

        double[] biases = new double[layer.Units];
        for (int u = 0; u < biases.Length; u++)
        {
            biases[u] = layer.Biases[u];
        }

        return new PreciseLayer(layer.Name, weights, biases, layer.Activation);
    }
}
