using System.Numerics;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// A network's weights and biases in one flat array, layer by layer, each part padded to whole lanes, so that an
/// optimiser makes its step over all of them in one loop. Floats to train, doubles to look into.
/// </summary>
internal sealed class TrainingParameters<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly int[] _weightOffsets;
    private readonly int[] _biasOffsets;

    /// <summary>Makes room for layers; all numbers are 0.</summary>
    public TrainingParameters(IReadOnlyList<LayerShape> layers)
    {
        Layers = [.. layers];
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
    }

    /// <summary>The layers' shapes, first to last.</summary>
    public LayerShape[] Layers { get; }

    /// <summary>The flat array; gradients have the same layout.</summary>
    public T[] Values { get; }

    /// <summary>Puts a layer's numbers into place.</summary>
    /// <param name="layer">The layer's number.</param>
    /// <param name="weights">[inputs, units].</param>
    /// <param name="biases">[units].</param>
    public void Set(int layer, ReadOnlySpan2D<T> weights, ReadOnlySpan<T> biases)
    {
        DenseKernels.Pack(weights, Weights(Values, layer));
        biases.CopyTo(Biases(Values, layer));
    }

    /// <summary>A layer's [units, padded inputs] in an array of this layout.</summary>
    public Span<T> Weights(T[] values, int layer) => values.AsSpan(
        _weightOffsets[layer], _biasOffsets[layer] - _weightOffsets[layer]);

    /// <summary>A layer's [units] in an array of this layout.</summary>
    public Span<T> Biases(T[] values, int layer) => values.AsSpan(_biasOffsets[layer], Layers[layer].Units);
}
