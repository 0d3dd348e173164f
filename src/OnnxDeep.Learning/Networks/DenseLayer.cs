using System.Numerics;

using CommunityToolkit.HighPerformance;

namespace OnnxDeep.Learning.Networks;

/// <summary>A fully connected layer, a = f(x·W + b). Immutable.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DenseLayer<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _weights;
    private readonly T[] _biases;
    private T[]? _packed;

    /// <summary>Copies the weights and biases.</summary>
    /// <param name="name">The name in summaries and in the ONNX file, such as <c>dense_1</c>.</param>
    /// <param name="weights">[inputs, units], the orientation of Keras.</param>
    /// <param name="biases">[units]; empty for a layer without biases.</param>
    /// <param name="activation">f.</param>
    /// <exception cref="ArgumentException">
    /// There are no inputs, there are no units, or there are biases but not one for each unit.
    /// </exception>
    public DenseLayer(string name, ReadOnlySpan2D<T> weights, ReadOnlySpan<T> biases, Activation activation)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (weights.Length == 0 || (biases.Length != weights.Width && biases.Length > 0))
        {
            throw new ArgumentException(
                $"Layer '{name}' has weights [{weights.Height}, {weights.Width}] "
                + $"and {Quantity.Of(biases.Length, "bias", "biases")}; "
                + "it needs at least one input and one unit, and one bias for each unit or none at all.",
                nameof(biases));
        }

        Name = name;
        Inputs = weights.Height;
        Units = weights.Width;
        Activation = activation;
        _weights = new T[weights.Length];
        weights.CopyTo(_weights);
        HasBiases = biases.Length > 0;
        _biases = HasBiases ? biases.ToArray() : new T[Units];
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>The number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>The number of units, which is the number of outputs.</summary>
    public int Units { get; }

    /// <summary>The activation f.</summary>
    public Activation Activation { get; }

    /// <summary>[inputs, units], row-major.</summary>
    public ReadOnlySpan2D<T> Weights => new(_weights, Inputs, Units);

    /// <summary>
    /// Whether the layer has biases; a layer without them computes f(x·W) and is trained without them.
    /// </summary>
    public bool HasBiases { get; }

    /// <summary>[units]; zeros if the layer has no biases.</summary>
    public ReadOnlySpan<T> Biases => _biases;

    /// <summary>The number of weights and biases.</summary>
    public int ParameterCount => _weights.Length + (HasBiases ? _biases.Length : 0);

    /// <summary>The weights in the layout of <see cref="DenseKernels"/>, packed at the first use.</summary>
    internal ReadOnlySpan<T> Packed => _packed ??= DenseKernels.Pack(Weights);

    /// <summary>The same layer without its activation.</summary>
    internal DenseLayer<T> Linearize() =>
        new(Name, Weights, HasBiases ? Biases : [], Activation.Linear);

    /// <summary>The layer with slope·(x·W + b) + intercept in place of x·W + b.</summary>
    internal DenseLayer<T> Scale(double slope, double intercept)
    {
        T[] weights = Array.ConvertAll(_weights, w => T.CreateTruncating(slope * double.CreateTruncating(w)));
        T[] biases = Array.ConvertAll(
            _biases, b => T.CreateTruncating((slope * double.CreateTruncating(b)) + intercept));
        return new DenseLayer<T>(
            Name, new ReadOnlySpan2D<T>(weights, Inputs, Units), HasBiases || intercept != 0 ? biases : [], Activation);
    }

    /// <summary>Converts the layer to double precision. Widening a float changes no number.</summary>
    internal DenseLayer<double> Widen()
    {
        double[] weights = Array.ConvertAll(_weights, double.CreateChecked);
        double[] biases = HasBiases ? Array.ConvertAll(_biases, double.CreateChecked) : [];
        return new DenseLayer<double>(Name, new ReadOnlySpan2D<double>(weights, Inputs, Units), biases, Activation);
    }
}

/// <summary>A layer to create, as Keras's <c>Dense(units, activation)</c>: it has no weights yet.</summary>
/// <param name="Units">The number of units, which is the number of outputs.</param>
/// <param name="Activation">The function of the weighted sums.</param>
public sealed record Dense(int Units, Activation Activation);
