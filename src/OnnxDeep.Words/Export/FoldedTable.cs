using OnnxDeep.Learning.Networks;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>
/// The product of a vector table with a network's first layer: since a layer is linear up to its activation, a row of
/// x·W + b contains everything that the layer knows about a word.
/// </summary>
internal static class FoldedTable
{
    private const int RowsBetweenChecks = 1024;

    /// <summary>
    /// Folds rows, summed in double precision in the order of the inputs, so the bits are always the same.
    /// </summary>
    /// <param name="table">The vectors, whose dimensions match the inputs of the layer.</param>
    /// <param name="rows">The rows to fold.</param>
    /// <param name="layer">The first layer.</param>
    /// <param name="progress">Called with the completed fraction, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// [rows + 1, units], row-major; row 0 is for unknown words and is computed from a vector of zeros.
    /// </returns>
    public static float[] Create(
        WordVectorTable table,
        IReadOnlyList<int> rows,
        DenseLayer<float> layer,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        int units = layer.Units;
        float[] vector = new float[layer.Inputs];
        float[] weights = new float[layer.Weights.Length];
        layer.Weights.CopyTo(weights);
        double[] sums = new double[units];
        float[] folded = new float[(rows.Count + 1) * units];
        layer.Biases.CopyTo(folded);
        for (int i = 0; i < rows.Count; i++)
        {
            if (i % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Invoke((double)i / rows.Count);
            }

            table.CopyVector(rows[i], vector);
            Fold(vector, weights, layer.Biases, sums);
            Span<float> row = folded.AsSpan((i + 1) * units, units);
            for (int u = 0; u < units; u++)
            {
                row[u] = (float)sums[u];
            }
        }

        return folded;
    }

    private static void Fold(
        ReadOnlySpan<float> vector, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases, Span<double> sums)
    {
        for (int u = 0; u < sums.Length; u++)
        {
            sums[u] = biases[u];
        }

        for (int i = 0; i < vector.Length; i++)
        {
            double x = vector[i];
            ReadOnlySpan<float> row = weights.Slice(i * sums.Length, sums.Length);
            for (int u = 0; u < row.Length; u++)
            {
                sums[u] += x * row[u];
            }
        }
    }
}
