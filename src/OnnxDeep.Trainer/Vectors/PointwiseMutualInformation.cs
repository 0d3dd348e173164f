using OnnxDeep.Numerics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>
/// Positive pointwise mutual information with smoothed contexts (Levy, Goldberg and Dagan, 2015):
/// max(0, ln(p(w,c) / (p(w) · pₐ(c)))), where pₐ(c) is count(c)ᵃ over the sum of all count(c)ᵃ.
/// </summary>
internal static class PointwiseMutualInformation
{
    /// <summary>
    /// Computes the information in <paramref name="counts"/>; entries that are not positive are dropped.
    /// </summary>
    /// <param name="counts">The counts [words, contexts].</param>
    /// <param name="contextExponent">The exponent a in the formula.</param>
    public static SparseMatrix Positive(SparseMatrix counts, double contextExponent)
    {
        double[] contexts = new double[counts.Columns];
        double[] words = new double[counts.Rows];
        for (int row = 0; row < counts.Rows; row++)
        {
            ReadOnlySpan<int> indices = counts.Indices(row);
            ReadOnlySpan<float> values = counts.Values(row);
            for (int i = 0; i < indices.Length; i++)
            {
                words[row] += values[i];
                contexts[indices[i]] += values[i];
            }
        }

        double total = 0;
        for (int column = 0; column < contexts.Length; column++)
        {
            contexts[column] = DeterministicMath.Pow(contexts[column], contextExponent);
            total += contexts[column];
        }

        int[] starts = new int[counts.Rows + 1];
        var columns = new List<int>(counts.EntryCount);
        var information = new List<float>(counts.EntryCount);
        for (int row = 0; row < counts.Rows; row++)
        {
            ReadOnlySpan<int> indices = counts.Indices(row);
            ReadOnlySpan<float> values = counts.Values(row);
            for (int i = 0; i < indices.Length; i++)
            {
                double ratio = values[i] * total / (words[row] * contexts[indices[i]]);
                if (ratio > 1)
                {
                    columns.Add(indices[i]);
                    information.Add((float)DeterministicMath.Log(ratio));
                }
            }

            starts[row + 1] = columns.Count;
        }

        return new SparseMatrix(counts.Columns, starts, [.. columns], [.. information]);
    }
}
