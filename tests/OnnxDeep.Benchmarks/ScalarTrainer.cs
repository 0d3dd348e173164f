using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Numerics;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Trains one hidden relu layer and one sigmoid output with Adam and binary cross-entropy, without vectorization.
/// </summary>
internal sealed class ScalarTrainer(Network<float> network, Dataset data)
{
    private readonly int _inputs = network.Inputs;
    private readonly int _units = network.Layers[0].Units;
    private readonly float[] _start = Flatten(network);
    private readonly float[] _features = data.Features.ToArray().Cast<float>().ToArray();
    private readonly float[] _targets = data.Targets.ToArray().Cast<float>().ToArray();

    public float Fit(TrainingOptions options)
    {
        float[] w = [.. _start];
        float[] g = new float[w.Length];
        float[] m = new float[w.Length];
        float[] v = new float[w.Length];
        float[] hidden = new float[_units];
        int[] order = [.. Enumerable.Range(0, data.Rows)];
        var random = new DeterministicRandom(options.Seed);
        var adam = (Adam)options.Optimizer;
        int output = (_inputs * _units) + _units;
        int step = 0;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            random.Shuffle<int>(order);
            for (int start = 0; start < order.Length; start += options.BatchSize)
            {
                int rows = Math.Min(options.BatchSize, order.Length - start);
                Array.Clear(g);
                for (int n = start; n < start + rows; n++)
                {
                    int x = order[n] * _inputs;
                    float z = w[output + _units];
                    for (int u = 0; u < _units; u++)
                    {
                        float sum = w[(_inputs * _units) + u];
                        for (int i = 0; i < _inputs; i++)
                        {
                            sum += _features[x + i] * w[(u * _inputs) + i];
                        }

                        hidden[u] = Math.Max(0, sum);
                        z += hidden[u] * w[output + u];
                    }

                    float delta = ((1 / (1 + MathF.Exp(-z))) - _targets[order[n]]) / rows;
                    g[output + _units] += delta;
                    for (int u = 0; u < _units; u++)
                    {
                        g[output + u] += delta * hidden[u];
                        float back = hidden[u] > 0 ? delta * w[output + u] : 0;
                        g[(_inputs * _units) + u] += back;
                        for (int i = 0; i < _inputs; i++)
                        {
                            g[(u * _inputs) + i] += back * _features[x + i];
                        }
                    }
                }

                step++;
                float alpha = (float)(
                    adam.LearningRate * Math.Sqrt(1 - Math.Pow(adam.Beta2, step)) / (1 - Math.Pow(adam.Beta1, step)));
                for (int i = 0; i < w.Length; i++)
                {
                    m[i] += (g[i] - m[i]) * (float)(1 - adam.Beta1);
                    v[i] += ((g[i] * g[i]) - v[i]) * (float)(1 - adam.Beta2);
                    w[i] -= m[i] * alpha / (MathF.Sqrt(v[i]) + (float)adam.Epsilon);
                }
            }
        }

        return w[0];
    }

    // Hidden weights by unit, hidden biases, output weights, output bias.
    private static float[] Flatten(Network<float> network)
    {
        DenseLayer<float> hidden = network.Layers[0];
        var flat = new List<float>(network.ParameterCount);
        for (int u = 0; u < hidden.Units; u++)
        {
            for (int i = 0; i < hidden.Inputs; i++)
            {
                flat.Add(hidden.Weights[i, u]);
            }
        }

        flat.AddRange(hidden.Biases);
        flat.AddRange(network.Layers[1].Weights.ToArray().Cast<float>());
        flat.AddRange(network.Layers[1].Biases);
        return [.. flat];
    }
}
