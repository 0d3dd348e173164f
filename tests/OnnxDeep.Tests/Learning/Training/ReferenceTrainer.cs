using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Tests.Learning.Training;

/// <summary>
/// A second implementation of backpropagation, in double precision, one scalar at a time and with the platform's own
/// functions: the oracle for the vectorised one. Rows are used in the given order.
/// </summary>
internal sealed class ReferenceTrainer
{
    private readonly double[][,] _weights;
    private readonly double[][] _biases;
    private readonly Activation[] _activations;

    public ReferenceTrainer(Network<float> network)
    {
        _weights = [.. network.Layers.Select(layer => ToDouble(layer.Weights.ToArray()))];
        _biases = [.. network.Layers.Select(layer => layer.Biases.ToArray().Select(b => (double)b).ToArray())];
        _activations = [.. network.Layers.Select(layer => layer.Activation)];
    }

    public double[,] Weights(int layer) => _weights[layer];

    public double[] Biases(int layer) => _biases[layer];

    public void Fit(Dataset data, TrainingOptions options)
    {
        double[] parameters = Flatten(_weights, _biases);
        double[] m = new double[parameters.Length];
        double[] v = new double[parameters.Length];
        int step = 0;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            for (int start = 0; start < data.Rows; start += options.BatchSize)
            {
                int rows = Math.Min(options.BatchSize, data.Rows - start);
                double[] gradient = new double[parameters.Length];
                for (int row = start; row < start + rows; row++)
                {
                    AddGradient(
                        data.Features.GetRowSpan(row), data.Targets.GetRowSpan(row), options.Loss, rows, gradient);
                }

                step++;
                for (int i = 0; i < parameters.Length; i++)
                {
                    parameters[i] += options.Optimizer switch
                    {
                        Adam adam => AdamStep(adam, step, gradient[i], ref m[i], ref v[i]),
                        StochasticGradientDescent sgd =>
                            m[i] = (sgd.Momentum * m[i]) - (sgd.LearningRate * gradient[i]),
                        _ => throw new NotSupportedException(),
                    };
                }

                Unflatten(parameters);
            }
        }
    }

    private static double AdamStep(Adam adam, int step, double g, ref double m, ref double v)
    {
        m += (g - m) * (1 - adam.Beta1);
        v += ((g * g) - v) * (1 - adam.Beta2);
        double alpha = adam.LearningRate * Math.Sqrt(1 - Math.Pow(adam.Beta2, step)) / (1 - Math.Pow(adam.Beta1, step));
        return -m * alpha / (Math.Sqrt(v) + adam.Epsilon);
    }

    private void AddGradient(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Loss loss, int rows, double[] gradient)
    {
        var a = new List<double[]> { x.ToArray().Select(value => (double)value).ToArray() };
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            a.Add(Forward(layer, a[^1]));
        }

        double[] delta = OutputDelta(a[^1], y, loss);
        int offset = gradient.Length;
        for (int layer = _weights.Length - 1; layer >= 0; layer--)
        {
            int inputs = _weights[layer].GetLength(0);
            int units = _weights[layer].GetLength(1);
            offset -= (inputs * units) + units;
            for (int u = 0; u < units; u++)
            {
                gradient[offset + (inputs * units) + u] += delta[u] / rows;
                for (int i = 0; i < inputs; i++)
                {
                    gradient[offset + (i * units) + u] += delta[u] * a[layer][i] / rows;
                }
            }

            if (layer > 0)
            {
                double[] previous = new double[inputs];
                for (int i = 0; i < inputs; i++)
                {
                    for (int u = 0; u < units; u++)
                    {
                        previous[i] += delta[u] * _weights[layer][i, u];
                    }
                }

                delta = ThroughActivation(_activations[layer - 1], a[layer], previous);
            }
        }
    }

    private double[] Forward(int layer, double[] x)
    {
        double[] z = [.. _biases[layer]];
        for (int u = 0; u < z.Length; u++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                z[u] += x[i] * _weights[layer][i, u];
            }
        }

        double sum = z.Sum(value => Math.Exp(value - z.Max()));
        return _activations[layer] switch
        {
            Activation.Sigmoid => [.. z.Select(value => 1 / (1 + Math.Exp(-value)))],
            Activation.ReLU => [.. z.Select(value => Math.Max(0, value))],
            Activation.Tanh => [.. z.Select(Math.Tanh)],
            Activation.Softmax => [.. z.Select(value => Math.Exp(value - z.Max()) / sum)],
            _ => z,
        };
    }

    private double[] OutputDelta(double[] a, ReadOnlySpan<float> y, Loss loss)
    {
        double[] dLda = new double[a.Length];
        for (int u = 0; u < a.Length; u++)
        {
            dLda[u] = loss switch
            {
                Loss.BinaryCrossEntropy => (a[u] - y[u]) / (a[u] * (1 - a[u])) / a.Length,
                Loss.CategoricalCrossEntropy => -y[u] / a[u],
                Loss.MeanSquaredError => 2 * (a[u] - y[u]) / a.Length,
                Loss.MeanAbsoluteError => Math.Sign(a[u] - y[u]) / (double)a.Length,
                _ => a[u] - y[u],
            };
        }

        return ThroughActivation(_activations[^1], a, dLda);
    }

    private static double[] ThroughActivation(Activation activation, double[] a, double[] dLda)
    {
        double mean = a.Zip(dLda, (x, g) => x * g).Sum();
        return [.. a.Zip(dLda, (x, g) => activation switch
        {
            Activation.Sigmoid => g * x * (1 - x),
            Activation.ReLU => x > 0 ? g : 0,
            Activation.Tanh => g * (1 - (x * x)),
            Activation.Softmax => x * (g - mean),
            _ => g,
        })];
    }

    private static double[,] ToDouble(float[,] values)
    {
        double[,] result = new double[values.GetLength(0), values.GetLength(1)];
        Array.Copy(values, result, values.Length);
        return result;
    }

    private static double[] Flatten(double[][,] weights, double[][] biases) =>
        [.. weights.Zip(biases, (w, b) => w.Cast<double>().Concat(b)).SelectMany(x => x)];

    private void Unflatten(double[] parameters)
    {
        int offset = 0;
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            Buffer.BlockCopy(
                parameters, offset * sizeof(double), _weights[layer], 0, _weights[layer].Length * sizeof(double));
            offset += _weights[layer].Length;
            Array.Copy(parameters, offset, _biases[layer], 0, _biases[layer].Length);
            offset += _biases[layer].Length;
        }
    }
}
