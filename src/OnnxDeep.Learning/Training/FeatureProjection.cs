using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Scales features to mean 0 and deviation 1 of the training rows and, if the rows are few, replaces them with
/// coordinates in the space that the rows span: nothing outside it can be learned, and fewer inputs train faster. A
/// network that is trained on the result is turned back into one of the features: W = V·W'.
/// </summary>
internal sealed class FeatureProjection
{
    private const double LargestShare = 0.75;

    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly double[][]? _basis;

    private FeatureProjection(double[] mean, double[] scale, double[][]? basis) =>
        (_mean, _scale, _basis) = (mean, scale, basis);

    /// <summary>Fits the projection to training rows.</summary>
    /// <param name="data">The training rows.</param>
    /// <param name="scales">Whether a feature is scaled; the others are only projected.</param>
    /// <returns>Null if the features stay as they are.</returns>
    public static FeatureProjection? Of(Dataset data, Func<int, bool> scales)
    {
        bool[] isScaled = [.. Enumerable.Range(0, data.Inputs).Select(scales)];
        bool isWide = data.Rows < LargestShare * data.Inputs;
        if (!isWide && !isScaled.Contains(true))
        {
            return null;
        }

        double[] mean = new double[data.Inputs];
        double[] scale = new double[data.Inputs];
        for (int column = 0; column < data.Inputs; column++)
        {
            scale[column] = 1;
            if (isScaled[column])
            {
                (mean[column], scale[column]) = Measure(data.Features, column);
            }
        }

        var projection = new FeatureProjection(mean, scale, null);
        return isWide ? new FeatureProjection(mean, scale, Span(projection.ToRows(data))) : projection;
    }

    /// <summary>Projects rows.</summary>
    public Dataset Apply(Dataset data)
    {
        double[][] rows = ToRows(data);
        float[,] projected = new float[data.Rows, _basis?.Length ?? data.Inputs];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < projected.GetLength(1); j++)
            {
                projected[i, j] = (float)(_basis is null ? rows[i][j] : Dot(rows[i], _basis[j]));
            }
        }

        return new Dataset(projected, data.Targets);
    }

    /// <summary>Turns a network of the projected features into one of the features.</summary>
    public Network<float> Unfold(Network<float> network)
    {
        DenseLayer<float> first = network.Layers[0];
        float[,] weights = new float[_mean.Length, first.Units];
        float[] biases = first.Biases.ToArray();
        for (int u = 0; u < first.Units; u++)
        {
            double bias = biases[u];
            for (int i = 0; i < _mean.Length; i++)
            {
                double sum = _basis is null ? first.Weights[i, u] : 0;
                for (int k = 0; k < _basis?.Length; k++)
                {
                    sum += _basis[k][i] * first.Weights[k, u];
                }

                weights[i, u] = (float)(sum / _scale[i]);
                bias -= _mean[i] * sum / _scale[i];
            }

            biases[u] = (float)bias;
        }

        return new Network<float>(
            [new DenseLayer<float>(first.Name, weights, biases, first.Activation), .. network.Layers.Skip(1)]);
    }

    private static (double Mean, double Scale) Measure(ReadOnlySpan2D<float> features, int column)
    {
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < features.Height; row++)
        {
            sum += features[row, column];
        }

        double mean = sum / features.Height;
        for (int row = 0; row < features.Height; row++)
        {
            squares += (features[row, column] - mean) * (features[row, column] - mean);
        }

        double deviation = Math.Sqrt(squares / features.Height);
        return (mean, deviation > 1e-12 * Math.Abs(mean) ? deviation : 1);
    }

    private double[][] ToRows(Dataset data)
    {
        double[][] rows = new double[data.Rows][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new double[data.Inputs];
            for (int j = 0; j < data.Inputs; j++)
            {
                rows[i][j] = (data.Features[i, j] - _mean[j]) / _scale[j];
            }
        }

        return rows;
    }

    // An orthonormal basis of the rows' span: Gram-Schmidt, twice, of random mixtures of the rows. The mixtures spread
    // each row over all coordinates, as the features do.
    private static double[][] Span(double[][] rows)
    {
        var random = new DeterministicRandom(1);
        var basis = new List<double[]>(rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            double[] mixture = new double[rows[0].Length];
            foreach (double[] row in rows)
            {
                AddScaled(mixture, row, random.NextDouble() - 0.5);
            }

            double before = Math.Sqrt(Dot(mixture, mixture));
            for (int again = 0; again < 2; again++)
            {
                foreach (double[] other in basis)
                {
                    AddScaled(mixture, other, -Dot(mixture, other));
                }
            }

            double norm = Math.Sqrt(Dot(mixture, mixture));
            if (norm > 1e-6 * before)
            {
                for (int j = 0; j < mixture.Length; j++)
                {
                    mixture[j] /= norm;
                }

                basis.Add(mixture);
            }
        }

        return basis.Count > 0 ? [.. basis] : [new double[rows[0].Length]];
    }

    private static void AddScaled(double[] sum, double[] row, double factor)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += factor * row[i];
        }
    }

    private static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
