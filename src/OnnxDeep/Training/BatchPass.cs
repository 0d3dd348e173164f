using OnnxDeep.Data;
using OnnxDeep.Metrics;
using OnnxDeep.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Training;

/// <summary>Forward and backward over one batch, in buffers that are made once and padded to whole lanes.</summary>
internal sealed class BatchPass(Network shape, TrainingParameters parameters, Loss lossFunction, int batchSize)
{
    private readonly DenseLayer[] _layers = [.. shape.Layers];
    private readonly float[][] _activations = Buffers(shape, batchSize);
    private readonly float[][] _deltas = Buffers(shape, batchSize);
    private readonly float[] _logits = new float[batchSize * shape.Units];
    private readonly int[] _places = [.. Enumerable.Range(0, batchSize)];

    /// <summary>The rows that fit the buffers.</summary>
    public int BatchSize { get; } = batchSize;

    /// <summary>Runs rows forward, counts their classes and returns the sum of their losses.</summary>
    public double Forward(Dataset data, ReadOnlySpan<int> rows, ConfusionMatrix confusion)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            Forward(i, data, rows);
        }

        int last = _layers.Length - 1;
        double loss = 0;
        for (int n = 0; n < rows.Length; n++)
        {
            ReadOnlySpan<float> outputs = Row(_activations, last, n);
            confusion.Add(data.GetClass(rows[n]), Classes.FromOutputs(outputs));
            loss += LossFunctions.Value(
                lossFunction, _logits.AsSpan(n * shape.Units, shape.Units), outputs, data.GetTargets(rows[n]));
        }

        return loss;
    }

    /// <summary>The gradients of the mean loss of the rows that were run forward last, in their places 0, 1, ….</summary>
    public void Backward(Dataset data, ReadOnlySpan<int> rows, float[] gradients)
    {
        int last = _layers.Length - 1;
        float scale = 1f / rows.Length;
        for (int n = 0; n < rows.Length; n++)
        {
            LossFunctions.Delta(
                lossFunction,
                _layers[last].Activation,
                Row(_activations, last, n),
                data.GetTargets(rows[n]),
                scale,
                Row(_deltas, last, n));
        }

        for (int i = last; i >= 0; i--)
        {
            DenseLayer layer = _layers[i];
            DenseKernels.BackwardWeights(
                i == 0 ? data.PaddedFeatures : _activations[i - 1],
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
                    Row(_deltas, i, n),
                    parameters.Weights(parameters.Values, i),
                    _deltas[i - 1].AsSpan(n * stride, stride));
                ActivationFunctions.Backward(
                    _layers[i - 1].Activation, Row(_activations, i - 1, n), Row(_deltas, i - 1, n));
            }
        }
    }

    private void Forward(int index, Dataset data, ReadOnlySpan<int> rows)
    {
        DenseLayer layer = _layers[index];
        Span<float> weights = parameters.Weights(parameters.Values, index);
        Span<float> biases = parameters.Biases(parameters.Values, index);
        int stride = LaneMath.Pad(layer.Units);
        int inputStride = LaneMath.Pad(layer.Inputs);
        for (int n = 0; n < rows.Length; n++)
        {
            ReadOnlySpan<float> x = index == 0
                ? data.GetPaddedFeatures(rows[n])
                : _activations[index - 1].AsSpan(n * inputStride, inputStride);
            Span<float> z = _activations[index].AsSpan(n * stride, stride);
            DenseKernels.Forward(x, weights, biases, z);
            if (index == _layers.Length - 1)
            {
                z[..layer.Units].CopyTo(_logits.AsSpan(n * layer.Units));
            }
        }

        ActivationFunctions.ApplyPadded(
            layer.Activation, _activations[index].AsSpan(0, rows.Length * stride), layer.Units, stride);
    }

    private Span<float> Row(float[][] buffers, int layer, int place)
    {
        int units = _layers[layer].Units;
        return buffers[layer].AsSpan(place * LaneMath.Pad(units), units);
    }

    private static float[][] Buffers(Network shape, int batchSize) =>
        [.. shape.Layers.Select(layer => new float[batchSize * LaneMath.Pad(layer.Units)])];
}
