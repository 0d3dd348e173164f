using System.Buffers;
using System.Numerics;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>
/// A feedforward network: dense layers, each fed by the one before. Immutable and safe for any thread. Training and
/// ONNX files use float; traces and gradients use double, as NumPy does.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Network<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseLayer<T>[] _layers;

    /// <summary>Stacks layers.</summary>
    /// <param name="layers">First to last, each with a different name.</param>
    /// <exception cref="ArgumentException">
    /// There is no layer, two layers have one name, or a layer's inputs are not the units of the layer before it.
    /// </exception>
    public Network(IReadOnlyList<DenseLayer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        }

        for (int i = 1; i < layers.Count; i++)
        {
            if (layers[i].Inputs != layers[i - 1].Units)
            {
                throw new ArgumentException(
                    $"Layer '{layers[i].Name}' takes {layers[i].Inputs} inputs, "
                    + $"but '{layers[i - 1].Name}' before it has {layers[i - 1].Units} units.",
                    nameof(layers));
            }
        }

        if (layers
            .GroupBy(layer => layer.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1) is { } twins)
        {
            throw new ArgumentException(
                $"Two layers are named '{twins.Key}'; each layer needs its own name.", nameof(layers));
        }

        _layers = [.. layers];
        Layers = _layers.AsReadOnly();
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<DenseLayer<T>> Layers { get; }

    /// <summary>The number of features in a row.</summary>
    public int Inputs => Layers[0].Inputs;

    /// <summary>The number of outputs of a row.</summary>
    public int Units => Layers[^1].Units;

    /// <summary>The number of weights and biases.</summary>
    public int ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Computes the outputs of each row.</summary>
    /// <param name="features">[rows, inputs].</param>
    /// <returns>[rows, units].</returns>
    /// <exception cref="ArgumentException">The shape does not fit the network.</exception>
    public T[,] Forward(ReadOnlySpan2D<T> features) => Forward(features, CancellationToken.None);

    /// <summary>Computes the outputs of rows, unless the token is cancelled first.</summary>
    /// <inheritdoc cref="Forward(ReadOnlySpan2D{T})"/>
    internal T[,] Forward(ReadOnlySpan2D<T> features, CancellationToken cancellationToken)
    {
        T[,] outputs = new T[features.Height, Units];
        Forward(features, outputs, cancellationToken);
        return outputs;
    }

    /// <summary>Computes the outputs of each row into the caller's buffer.</summary>
    /// <param name="features">[rows, inputs].</param>
    /// <param name="outputs">[rows, units].</param>
    /// <exception cref="ArgumentException">A shape does not fit the network.</exception>
    public void Forward(ReadOnlySpan2D<T> features, Span2D<T> outputs) =>
        Forward(features, outputs, CancellationToken.None);

    private void Forward(ReadOnlySpan2D<T> features, Span2D<T> outputs, CancellationToken cancellationToken)
    {
        if (features.Width != Inputs || outputs.Width != Units || outputs.Height != features.Height)
        {
            throw new ArgumentException(
                $"Features [{features.Height}, {features.Width}] and outputs [{outputs.Height}, {outputs.Width}] "
                + $"do not fit a network of {Inputs} inputs and {Units} units.",
                nameof(features));
        }

        int widest = LaneMath.Pad(Math.Max(Inputs, Layers.Max(layer => layer.Units)));
        T[] buffer = ArrayPool<T>.Shared.Rent(2 * widest);
        try
        {
            Span<T> x = buffer.AsSpan(0, widest);
            Span<T> z = buffer.AsSpan(widest, widest);
            for (int row = 0; row < features.Height; row++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                features.GetRowSpan(row).CopyTo(x);
                foreach (DenseLayer<T> layer in _layers)
                {
                    int stride = LaneMath.Pad(layer.Inputs);
                    x[layer.Inputs..stride].Clear();
                    DenseKernels.Forward(x[..stride], layer.Packed, layer.Biases, z);
                    ActivationFunctions.Apply(layer.Activation, z[..layer.Units]);
                    Span<T> previous = x;
                    x = z;
                    z = previous;
                }

                x[..Units].CopyTo(outputs.GetRowSpan(row));
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// Creates a network whose last layer has the logits slope·z + intercept instead of z: the factor and the number
    /// are in its weights and biases.
    /// </summary>
    /// <param name="slope">The factor of each logit.</param>
    /// <param name="intercept">The number added to each logit.</param>
    public Network<T> ScaleLogits(double slope, double intercept) => new(
        [.. Layers.SkipLast(1), Layers[^1].Scale(slope, intercept)]);

    /// <summary>Computes the logits of each row, the numbers before the activation of the last layer.</summary>
    /// <inheritdoc cref="Forward(ReadOnlySpan2D{T}, CancellationToken)"/>
    internal T[,] ForwardLogits(ReadOnlySpan2D<T> features, CancellationToken cancellationToken) =>
        new Network<T>([.. Layers.SkipLast(1), Layers[^1].Linearize()]).Forward(features, cancellationToken);

    /// <summary>Converts the network to double precision. Widening a float changes no number.</summary>
    public Network<double> Widen() => new([.. Layers.Select(layer => layer.Widen())]);
}

/// <summary>Creates networks to train.</summary>
public static class Network
{
    /// <summary>Creates a network with random weights; its layers are named dense, dense_1, … as in Keras.</summary>
    /// <param name="inputs">The number of features in a row.</param>
    /// <param name="layers">Units and activation of each layer.</param>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <param name="initializer">The distribution of the weights and biases.</param>
    public static Network<float> Create(
        int inputs,
        IReadOnlyList<Dense> layers,
        ulong seed,
        WeightInitializer initializer = WeightInitializer.GlorotUniform)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        var random = new DeterministicRandom(seed);
        var created = new List<DenseLayer<float>>(layers.Count);
        foreach (Dense shape in layers)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape.Units, nameof(layers));
            float[] weights = new float[inputs * shape.Units];
            float[] biases = new float[shape.Units];
            Fill(initializer, random, inputs, weights, biases);
            string name = created.Count == 0 ? "dense" : $"dense_{created.Count}";
            created.Add(new DenseLayer<float>(
                name, new ReadOnlySpan2D<float>(weights, inputs, shape.Units), biases, shape.Activation));
            inputs = shape.Units;
        }

        return new Network<float>(created);
    }

    // The order of the draws decides the numbers: the weights, row-major, then the biases.
    private static void Fill(
        WeightInitializer initializer, DeterministicRandom random, int inputs, Span<float> weights, Span<float> biases)
    {
        bool isNotebooks = initializer == WeightInitializer.Notebook;
        float limit = isNotebooks ? 1 : (float)Math.Sqrt(6.0 / (inputs + biases.Length));
        foreach (ref float weight in weights)
        {
            weight = random.NextSingle(-limit, limit);
        }

        foreach (ref float bias in biases)
        {
            bias = isNotebooks ? random.NextSingle() : 0;
        }
    }
}

/// <summary>The distribution of a new network's weights and biases.</summary>
public enum WeightInitializer
{
    /// <summary>
    /// Weights uniform in ±√(6 / (inputs + units)), biases zero: Keras's default (Glorot and Bengio, 2010).
    /// </summary>
    GlorotUniform,

    /// <summary>Weights uniform in [-1, 1), biases in [0, 1), as in the notebook's first 3-5-1 network.</summary>
    Notebook,
}
