using OnnxDeep.Data;
using OnnxDeep.Metrics;
using OnnxDeep.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Training;

/// <summary>Forward and backward over one batch, in buffers that are made once and padded to whole lanes.</summary>
internal sealed class BatchPass
{
    private readonly Network _shape;
    private readonly Loss _loss;
    private readonly TrainingParameters _parameters;
    private readonly float[][] _activations;
    private readonly float[][] _deltas;
    private readonly float[] _logits;

    public BatchPass(Network shape, TrainingParameters parameters, Loss loss, int batchSize)
    {
        _shape = shape;
        _loss = loss;
        _parameters = parameters;
        _activations = [.. shape.Layers.Select(layer => new float[batchSize * LaneMath.Pad(layer.Units)])];
        _deltas = [.. shape.Layers.Select(layer => new float[batchSize * LaneMath.Pad(layer.Units)])];
        _logits = new float[shape.Units];
    }

    /// <summary>Runs one row forward, adds its loss and counts its class.</summary>
    public double Forward(PaddedRows data, int row, int place, ConfusionMatrix confusion)
    {
        ReadOnlySpan<float> x = data.Features(row);
        int last = _shape.Layers.Count - 1;
        for (int i = 0; i <= last; i++)
        {
            DenseLayer layer = _shape.Layers[i];
            int stride = LaneMath.Pad(layer.Units);
            Span<float> a = _activations[i].AsSpan(place * stride, stride);
            DenseKernels.Forward(
                x, _parameters.Weights(_parameters.Values, i), _parameters.Biases(_parameters.Values, i), a);
            if (i == last)
            {
                a[..layer.Units].CopyTo(_logits);
            }

            ActivationFunctions.Apply(layer.Activation, a[..layer.Units]);
            x = a;
        }

        ReadOnlySpan<float> outputs = x[.._shape.Units];
        confusion.Add(data.Class(row), Classes.FromOutputs(outputs));
        return LossFunctions.Value(_loss, _logits, outputs, data.Targets(row));
    }

    /// <summary>The gradients of the mean loss of the rows that were run forward last, in their places 0, 1, ….</summary>
    public void Backward(PaddedRows data, ReadOnlySpan<int> rows, float[] gradients)
    {
        int last = _shape.Layers.Count - 1;
        float scale = 1f / rows.Length;
        for (int n = 0; n < rows.Length; n++)
        {
            LossFunctions.Delta(
                _loss,
                _shape.Layers[last].Activation,
                Row(_activations, last, n),
                data.Targets(rows[n]),
                scale,
                Row(_deltas, last, n));
        }

        Span<int> places = rows.Length <= 256 ? stackalloc int[rows.Length] : new int[rows.Length];
        for (int n = 0; n < places.Length; n++)
        {
            places[n] = n;
        }

        for (int i = last; i >= 0; i--)
        {
            DenseLayer layer = _shape.Layers[i];
            DenseKernels.BackwardWeights(
                i == 0 ? data.AllFeatures : _activations[i - 1],
                i == 0 ? rows : places,
                LaneMath.Pad(layer.Inputs),
                _deltas[i],
                layer.Units,
                _parameters.Weights(gradients, i));
            DenseKernels.BackwardBiases(_deltas[i], rows.Length, _parameters.Biases(gradients, i));
            for (int n = 0; i > 0 && n < rows.Length; n++)
            {
                int stride = LaneMath.Pad(layer.Inputs);
                DenseKernels.BackwardInputs(
                    Row(_deltas, i, n),
                    _parameters.Weights(_parameters.Values, i),
                    _deltas[i - 1].AsSpan(n * stride, stride));
                ActivationFunctions.Backward(
                    _shape.Layers[i - 1].Activation, Row(_activations, i - 1, n), Row(_deltas, i - 1, n));
            }
        }
    }

    private Span<float> Row(float[][] buffers, int layer, int place)
    {
        int units = _shape.Layers[layer].Units;
        return buffers[layer].AsSpan(place * LaneMath.Pad(units), units);
    }
}
