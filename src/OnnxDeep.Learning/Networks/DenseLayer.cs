using CommunityToolkit.HighPerformance;

namespace OnnxDeep.Learning.Networks;

/// <summary>A fully connected layer, a = f(x·W + b). Immutable.</summary>
public sealed class DenseLayer
{
    private readonly float[] _weights;
    private readonly float[] _biases;
    private float[]? _packed;

    /// <summary>Takes a copy of weights and biases.</summary>
    /// <param name="name">The name in summaries and in the ONNX file, such as <c>dense_1</c>.</param>
    /// <param name="weights">[inputs, units], as Keras keeps its kernels.</param>
    /// <param name="biases">[units].</param>
    /// <param name="activation">f.</param>
    /// <exception cref="ArgumentException">There are no inputs or units, or the biases are not one a unit.</exception>
    public DenseLayer(string name, ReadOnlySpan2D<float> weights, ReadOnlySpan<float> biases, Activation activation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (weights.Length == 0 || biases.Length != weights.Width)
        {
            throw new ArgumentException(
                $"Layer '{name}' has weights [{weights.Height}, {weights.Width}] and {biases.Length} biases; "
                + "it needs at least one input and one unit, and one bias a unit.",
                nameof(biases));
        }

        Name = name;
        Inputs = weights.Height;
        Units = weights.Width;
        Activation = activation;
        _weights = new float[weights.Length];
        weights.CopyTo(_weights);
        _biases = biases.ToArray();
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>The numbers that come in.</summary>
    public int Inputs { get; }

    /// <summary>The numbers that go out.</summary>
    public int Units { get; }

    /// <summary>The activation f.</summary>
    public Activation Activation { get; }

    /// <summary>[inputs, units], row-major.</summary>
    public ReadOnlySpan2D<float> Weights => new(_weights, Inputs, Units);

    /// <summary>[units].</summary>
    public ReadOnlySpan<float> Biases => _biases;

    /// <summary>Weights and biases together.</summary>
    public int ParameterCount => _weights.Length + _biases.Length;

    /// <summary>The weights as the kernels want them; made at the first use.</summary>
    internal ReadOnlySpan<float> Packed => _packed ??= DenseKernels.Pack<float>(Weights);
}

/// <summary>What a layer should be before it has weights.</summary>
/// <param name="Units">The numbers that go out.</param>
/// <param name="Activation">The function of the weighted inputs.</param>
public sealed record DenseLayerOptions(int Units, Activation Activation);
