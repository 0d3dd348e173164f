using CommunityToolkit.HighPerformance;

using OnnxDeep.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Training;

/// <summary>
/// A network's weights and biases in one flat array, layer by layer, each part padded to whole lanes, so that an
/// optimiser makes its step over all of them in one loop.
/// </summary>
internal sealed class TrainingParameters
{
    private readonly int[] _weightOffsets;
    private readonly int[] _biasOffsets;
    private readonly Network _shape;

    public TrainingParameters(Network network)
    {
        _shape = network;
        _weightOffsets = new int[network.Layers.Count];
        _biasOffsets = new int[network.Layers.Count];
        int length = 0;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseLayer layer = network.Layers[i];
            _weightOffsets[i] = length;
            length += layer.Units * LaneMath.Pad(layer.Inputs);
            _biasOffsets[i] = length;
            length += LaneMath.Pad(layer.Units);
        }

        Values = new float[length];
        for (int i = 0; i < network.Layers.Count; i++)
        {
            DenseKernels.Pack(network.Layers[i].Weights, Weights(Values, i));
            network.Layers[i].Biases.CopyTo(Biases(Values, i));
        }
    }

    /// <summary>The flat array; gradients have the same layout.</summary>
    public float[] Values { get; }

    /// <summary>A layer's [units, padded inputs] in an array of this layout.</summary>
    public Span<float> Weights(float[] values, int layer) => values.AsSpan(
        _weightOffsets[layer], _biasOffsets[layer] - _weightOffsets[layer]);

    /// <summary>A layer's [units] in an array of this layout.</summary>
    public Span<float> Biases(float[] values, int layer) =>
        values.AsSpan(_biasOffsets[layer], _shape.Layers[layer].Units);

    /// <summary>A network with the parameters in <paramref name="values"/>.</summary>
    public Network ToNetwork(float[] values)
    {
        var layers = new DenseLayer[_shape.Layers.Count];
        for (int i = 0; i < layers.Length; i++)
        {
            DenseLayer old = _shape.Layers[i];
            float[,] weights = new float[old.Inputs, old.Units];
            DenseKernels.Unpack(Weights(values, i), weights);
            layers[i] = new DenseLayer(old.Name, new ReadOnlySpan2D<float>(weights), Biases(values, i), old.Activation);
        }

        return new Network(layers);
    }
}
