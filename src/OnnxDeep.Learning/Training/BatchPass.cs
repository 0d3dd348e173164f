using System.Numerics;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Forward and backward over one batch, in reused buffers whose rows are padded to whole lanes. This is the only
/// backpropagation of the library: training runs it in float, gradients for display in double.
/// </summary>
internal sealed class BatchPass<T>
    where T : struct, IBinaryFloatingPointIeee754<T>
{
    private readonly TrainingParameters<T> _parameters;
    private readonly Loss _loss;
    private readonly int[] _units;
    private readonly T[][] _activations;
    private readonly T[][] _deltas;
    private readonly T[] _logits;
    private readonly int[] _places;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Allocates the buffers.</summary>
    /// <param name="parameters">The numbers of the network; each pass reads their current values.</param>
    /// <param name="loss">The loss to differentiate.</param>
    /// <param name="batchSize">The largest number of rows in a batch.</param>
    /// <param name="cancellationToken">Cancels a pass: a large batch of a large network takes minutes.</param>
    public BatchPass(
        TrainingParameters<T> parameters, Loss loss, int batchSize, CancellationToken cancellationToken = default)
    {
        _cancellationToken = cancellationToken;
        (_parameters, _loss, BatchSize) = (parameters, loss, batchSize);
        _units = [.. parameters.Layers.Select(layer => layer.Units)];
        _activations = [.. _units.Select(units => new T[batchSize * LaneMath.Pad(units)])];
        _deltas = [.. _units.Select(units => new T[batchSize * LaneMath.Pad(units)])];
        _logits = new T[batchSize * _units[^1]];
        _places = [.. Enumerable.Range(0, batchSize)];
    }

    /// <summary>The number of rows that fit the buffers.</summary>
    public int BatchSize { get; }

    /// <summary>The factor of the loss of each class's rows; null for 1.</summary>
    public double[]? ClassWeights { get; init; }

    /// <summary>Runs rows forward, counts their classes and returns the sum of their losses.</summary>
    public double Forward(SampleRows<T> data, ReadOnlySpan<int> rows, ConfusionMatrix? confusion = null)
    {
        for (int i = 0; i < _units.Length; i++)
        {
            Forward(i, data, rows);
        }

        double loss = 0;
        int units = _units[^1];
        for (int n = 0; n < rows.Length; n++)
        {
            ReadOnlySpan<T> outputs = GetActivations(_units.Length - 1, n);
            ReadOnlySpan<T> targets = data.GetTargets(rows[n]);
            confusion?.Add(
                Classes.FromOutputs(targets, Classes.Half<T>()), Classes.FromOutputs(outputs, Classes.Half<T>()));
            double value = LossFunctions.Value(_loss, _logits.AsSpan(n * units, units), outputs, targets);
            loss += ClassWeights is null ? value : value * WeightOf(targets);
        }

        return loss;
    }

    /// <summary>
    /// Computes the gradients of the mean loss of a batch. The batch is the one of the last forward pass: its rows are
    /// in the places 0, 1, … of the buffers.
    /// </summary>
    public void Backward(SampleRows<T> data, ReadOnlySpan<int> rows, T[] gradients)
    {
        DenseLayer<T>[] layers = _parameters.Layers;
        int last = layers.Length - 1;
        T scale = T.One / T.CreateTruncating(rows.Length);
        Activation activation = layers[last].Activation;
        for (int n = 0; n < rows.Length; n++)
        {
            ReadOnlySpan<T> targets = data.GetTargets(rows[n]);
            LossFunctions.Delta(
                _loss,
                activation,
                GetActivations(last, n),
                targets,
                ClassWeights is null ? scale : scale * T.CreateTruncating(WeightOf(targets)),
                Row(_deltas, last, n));
        }

        for (int i = last; i >= 0; i--)
        {
            int stride = LaneMath.Pad(layers[i].Inputs);
            DenseKernels.BackwardWeights(
                i == 0 ? data.Features : _activations[i - 1],
                i == 0 ? rows : _places.AsSpan(0, rows.Length),
                stride,
                _deltas[i],
                _units[i],
                _parameters.Weights(gradients, i),
                _cancellationToken);
            if (layers[i].HasBiases)
            {
                DenseKernels.BackwardBiases(_deltas[i], rows.Length, _parameters.Biases(gradients, i));
            }

            if (i > 0)
            {
                BackwardInputs(i, layers[i - 1].Activation, rows.Length, stride);
            }
        }
    }

    /// <summary>The outputs of a layer for the row in a place of the batch, [units].</summary>
    public ReadOnlySpan<T> GetActivations(int layer, int place) => Row(_activations, layer, place);

    /// <summary>∂L/∂z of a layer for the row in a place of the batch, [units].</summary>
    public ReadOnlySpan<T> GetDeltas(int layer, int place) => Row(_deltas, layer, place);

    private void Forward(int index, SampleRows<T> data, ReadOnlySpan<int> rows)
    {
        DenseLayer<T> layer = _parameters.Layers[index];
        Span<T> weights = _parameters.Weights(_parameters.Values, index);
        Span<T> biases = _parameters.Biases(_parameters.Values, index);
        int units = layer.Units;
        int stride = LaneMath.Pad(units);
        int inputStride = LaneMath.Pad(layer.Inputs);
        for (int n = 0; n < rows.Length; n++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<T> x = index == 0
                ? data.GetFeatures(rows[n])
                : _activations[index - 1].AsSpan(n * inputStride, inputStride);
            Span<T> z = _activations[index].AsSpan(n * stride, stride);
            DenseKernels.Forward(x, weights, biases, z);
            if (index == _units.Length - 1)
            {
                z[..units].CopyTo(_logits.AsSpan(n * units));
            }
        }

        ActivationFunctions.ApplyPadded(
            layer.Activation, _activations[index].AsSpan(0, rows.Length * stride), units, stride);
    }

    // ∂L/∂z of the layer before, from that of the layer.
    private void BackwardInputs(int layer, Activation before, int rows, int stride)
    {
        Span<T> weights = _parameters.Weights(_parameters.Values, layer);
        for (int n = 0; n < rows; n++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            DenseKernels.BackwardInputs(
                GetDeltas(layer, n), weights, _deltas[layer - 1].AsSpan(n * stride, stride));
            ActivationFunctions.Backward(before, GetActivations(layer - 1, n), Row(_deltas, layer - 1, n));
        }
    }

    private double WeightOf(ReadOnlySpan<T> targets) =>
        ClassWeights![Classes.FromOutputs(targets, Classes.Half<T>())];

    private Span<T> Row(T[][] buffers, int layer, int place)
    {
        int units = _units[layer];
        return buffers[layer].AsSpan(place * LaneMath.Pad(units), units);
    }
}
