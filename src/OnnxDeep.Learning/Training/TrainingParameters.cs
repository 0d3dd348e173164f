using System.Numerics;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// A network's weights and biases in one flat array, layer by layer, each part padded to whole lanes, so that an
/// optimizer steps over all of them in one loop. Training uses float, gradients for display use double.
/// </summary>
internal sealed class TrainingParameters<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _weightOffsets;
    private readonly int[] _biasOffsets;

    /// <summary>Copies the numbers of a network.</summary>
    public TrainingParameters(Network<T> network)
    {
        Layers = [.. network.Layers];
        _weightOffsets = new int[Layers.Length];
        _biasOffsets = new int[Layers.Length];
        int length = 0;
        for (int i = 0; i < Layers.Length; i++)
        {
            _weightOffsets[i] = length;
            length += Layers[i].Units * LaneMath.Pad(Layers[i].Inputs);
            _biasOffsets[i] = length;
            length += LaneMath.Pad(Layers[i].Units);
        }

        Values = new T[length];
        for (int i = 0; i < Layers.Length; i++)
        {
            DenseKernels.Pack(Layers[i].Weights, Weights(Values, i));
            Layers[i].Biases.CopyTo(Biases(Values, i));
        }
    }

    /// <summary>The network's layers, first to last, with the numbers from before the training.</summary>
    public DenseLayer<T>[] Layers { get; }

    /// <summary>The flat array; gradients have the same layout.</summary>
    public T[] Values { get; }

    /// <summary>A layer's [units, padded inputs] in an array of this layout.</summary>
    public Span<T> Weights(T[] values, int layer) => values.AsSpan(
        _weightOffsets[layer], _biasOffsets[layer] - _weightOffsets[layer]);

    /// <summary>A layer's [units] in an array of this layout.</summary>
    public Span<T> Biases(T[] values, int layer) => values.AsSpan(_biasOffsets[layer], Layers[layer].Units);

    /// <summary>Creates a network of the same names and shapes from an array of this layout.</summary>
    public Network<T> ToNetwork(T[] values) => new([.. Layers.Select((layer, index) => ToLayer(layer, values, index))]);

    private DenseLayer<T> ToLayer(DenseLayer<T> shape, T[] values, int index)
    {
        T[,] weights = new T[shape.Inputs, shape.Units];
        DenseKernels.Unpack<T>(Weights(values, index), weights);
        return new DenseLayer<T>(
            shape.Name, weights, shape.HasBiases ? Biases(values, index) : [], shape.Activation);
    }
}
