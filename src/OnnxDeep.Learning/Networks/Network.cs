using System.Buffers;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>
/// A feedforward network: dense layers, each fed by the one before. Immutable and safe for any thread.
/// </summary>
public sealed class Network
{
    /// <summary>Stacks layers.</summary>
    /// <exception cref="ArgumentException">There is no layer, or one's inputs are not the units before it.</exception>
    public Network(IReadOnlyList<DenseLayer> layers)
    {
        LayerChain.Check(layers, layer => (layer.Name, layer.Inputs, layer.Units));
        if (layers
            .GroupBy(layer => layer.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new ArgumentException(
                $"Two layers are named '{twins.Key}'; each needs a name of its own.", nameof(layers));
        }

        Layers = [.. layers];
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>The numbers that a row of features has.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>The numbers that come out.</summary>
    public int Units => Layers[^1].Units;

    /// <summary>All weights and biases.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Makes a network with drawn weights; layers are named dense, dense_1, … as Keras does.</summary>
    /// <param name="inputs">The numbers in a row of features.</param>
    /// <param name="layers">Units and activation of each layer.</param>
    /// <param name="seed">The same seed draws the same weights on every machine.</param>
    /// <param name="initializer">How the weights are drawn.</param>
    public static Network Create(
        int inputs,
        IReadOnlyList<DenseLayerOptions> layers,
        ulong seed,
        WeightInitializer initializer = WeightInitializer.GlorotUniform)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        var random = new DeterministicRandom(seed);
        var made = new List<DenseLayer>(layers.Count);
        foreach (DenseLayerOptions options in layers)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Units, nameof(layers));
            float[] weights = new float[inputs * options.Units];
            float[] biases = new float[options.Units];
            initializer.Fill(random, inputs, options.Units, weights, biases);
            string name = made.Count == 0 ? "dense" : $"dense_{made.Count}";
            made.Add(new DenseLayer(
                name, new ReadOnlySpan2D<float>(weights, inputs, options.Units), biases, options.Activation));
            inputs = options.Units;
        }

        return new Network(made);
    }

    /// <summary>The network's answer to each row.</summary>
    /// <param name="features">[rows, inputs].</param>
    /// <returns>[rows, units].</returns>
    public float[,] Forward(ReadOnlySpan2D<float> features)
    {
        float[,] outputs = new float[features.Height, Units];
        Forward(features, outputs);
        return outputs;
    }

    /// <summary>The network's answer to each row, into the caller's buffer.</summary>
    /// <param name="features">[rows, inputs].</param>
    /// <param name="outputs">[rows, units].</param>
    /// <exception cref="ArgumentException">A shape does not fit the network.</exception>
    public void Forward(ReadOnlySpan2D<float> features, Span2D<float> outputs)
    {
        if (features.Width != Inputs || outputs.Width != Units || outputs.Height != features.Height)
        {
            throw new ArgumentException(
                $"Features [{features.Height}, {features.Width}] and outputs [{outputs.Height}, {outputs.Width}] "
                + $"do not fit a network of {Inputs} inputs and {Units} units.",
                nameof(features));
        }

        int widest = LaneMath.Pad(Math.Max(Inputs, Layers.Max(layer => layer.Units)));
        float[] buffer = ArrayPool<float>.Shared.Rent(2 * widest);
        try
        {
            Span<float> x = buffer.AsSpan(0, widest);
            Span<float> z = buffer.AsSpan(widest, widest);
            for (int row = 0; row < features.Height; row++)
            {
                features.GetRowSpan(row).CopyTo(x);
                foreach (DenseLayer layer in Layers)
                {
                    int stride = LaneMath.Pad(layer.Inputs);
                    x[layer.Inputs..stride].Clear();
                    DenseKernels.Forward<float>(x[..stride], layer.Packed, layer.Biases, z);
                    ActivationFunctions.Apply<float>(layer.Activation, z[..layer.Units]);
                    Span<float> previous = x;
                    x = z;
                    z = previous;
                }

                x[..Units].CopyTo(outputs.GetRowSpan(row));
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }
}

/// <summary>Where the weights start.</summary>
public enum WeightInitializer
{
    /// <summary>
    /// Weights uniform in ±√(6 / (inputs + units)), biases zero: Keras's default (Glorot and Bengio, 2010).
    /// </summary>
    GlorotUniform,

    /// <summary>Weights uniform in [-1, 1), biases in [0, 1), as the notebook draws its first 3-5-1 network.</summary>
    Notebook,
}
