using System.Numerics;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Forward and backward over one batch, in buffers that are made once and padded to whole lanes: the one
/// backpropagation of this library, in floats to train and in doubles to look into.
/// </summary>
internal sealed class BatchPass<T>(TrainingParameters<T> parameters, Loss lossFunction, int batchSize)
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseLayer<T>[] _layers = parameters.Layers;
    private readonly int _units = parameters.Layers[^1].Units;
    private readonly T[][] _activations = Buffers(parameters, batchSize);
    private readonly T[][] _deltas = Buffers(parameters, batchSize);
    private readonly T[] _logits = new T[batchSize * parameters.Layers[^1].Units];
    private readonly int[] _places = [.. Enumerable.Range(0, batchSize)];

    /// <summary>The rows that fit the buffers.</summary>
    public int BatchSize { get; } = batchSize;

    /// <summary>Runs rows forward, counts their classes and returns the sum of their losses.</summary>
    public double Forward(SampleRows<T> data, ReadOnlySpan<int> rows, ConfusionMatrix? confusion = null)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            Forward(i, data, rows);
        }

        double loss = 0;
        for (int n = 0; n < rows.Length; n++)
        {
            ReadOnlySpan<T> outputs = GetActivations(_layers.Length - 1, n);
            ReadOnlySpan<T> targets = data.GetTargets(rows[n]);
            confusion?.Add(
                Classes.FromOutputs(targets, Classes.Half<T>()), Classes.FromOutputs(outputs, Classes.Half<T>()));
            loss += LossFunctions.Value(lossFunction, _logits.AsSpan(n * _units, _units), outputs, targets);
        }

        return loss;
    }

    /// <summary>
    /// The gradients of the mean loss of the rows that were run forward last, in their places 0, 1, ….
    /// </summary>
    public void Backward(SampleRows<T> data, ReadOnlySpan<int> rows, T[] gradients)
    {
        int last = _layers.Length - 1;
        T scale = T.One / T.CreateTruncating(rows.Length);
        for (int n = 0; n < rows.Length; n++)
        {
            LossFunctions.Delta(
                lossFunction,
                _layers[last].Activation,
                GetActivations(last, n),
                data.GetTargets(rows[n]),
                scale,
                Row(_deltas, last, n));
        }

        for (int i = last; i >= 0; i--)
        {
            DenseLayer<T> layer = _layers[i];
            DenseKernels.BackwardWeights(
                i == 0 ? data.Features : _activations[i - 1],
                i == 0 ? rows : _places.AsSpan(0, rows.Length),
                LaneMath.Pad(layer.Inputs),
                _deltas[i],
                layer.Units,
                parameters.Weights(gradients, i));
            DenseKernels.BackwardBiases(_deltas[i], rows.Length, parameters.Biases(gradients, i));
            for (int n = 0; i > 0 && n < rows.Length; n++)
            {
                int stride = LaneMath.Pad(layer.Inputs);
                DenseKernels.BackwardInputs(
                    GetDeltas(i, n),
                    parameters.Weights(parameters.Values, i),
                    _deltas[i - 1].AsSpan(n * stride, stride));
                ActivationFunctions.Backward(
                    _layers[i - 1].Activation, GetActivations(i - 1, n), Row(_deltas, i - 1, n));
            }
        }
    }

    /// <summary>What a layer gave for the row in a place of the batch, [units].</summary>
    public ReadOnlySpan<T> GetActivations(int layer, int place) => Row(_activations, layer, place);

    /// <summary>∂L/∂z of a layer for the row in a place of the batch, [units].</summary>
    public ReadOnlySpan<T> GetDeltas(int layer, int place) => Row(_deltas, layer, place);

    private void Forward(int index, SampleRows<T> data, ReadOnlySpan<int> rows)
    {
        DenseLayer<T> layer = _layers[index];
        Span<T> weights = parameters.Weights(parameters.Values, index);
        Span<T> biases = parameters.Biases(parameters.Values, index);
        int stride = LaneMath.Pad(layer.Units);
        int inputStride = LaneMath.Pad(layer.Inputs);
        for (int n = 0; n < rows.Length; n++)
        {
            ReadOnlySpan<T> x = index == 0
                ? data.GetFeatures(rows[n])
                : _activations[index - 1].AsSpan(n * inputStride, inputStride);
            Span<T> z = _activations[index].AsSpan(n * stride, stride);
            DenseKernels.Forward(x, weights, biases, z);
            if (index == _layers.Length - 1)
            {
                z[..layer.Units].CopyTo(_logits.AsSpan(n * layer.Units));
            }
        }

        ActivationFunctions.ApplyPadded(
            layer.Activation, _activations[index].AsSpan(0, rows.Length * stride), layer.Units, stride);
    }

    private Span<T> Row(T[][] buffers, int layer, int place)
    {
        int units = _layers[layer].Units;
        return buffers[layer].AsSpan(place * LaneMath.Pad(units), units);
    }

    private static T[][] Buffers(TrainingParameters<T> shape, int batchSize) =>
        [.. shape.Layers.Select(layer => new T[batchSize * LaneMath.Pad(layer.Units)])];
}
