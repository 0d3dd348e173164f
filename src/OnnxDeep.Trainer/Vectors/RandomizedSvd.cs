using OnnxDeep.Numerics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>
/// Computes the largest singular values and left singular vectors of a sparse matrix by subspace iteration from random
/// signs (Halko, Martinsson and Tropp, 2011, algorithms 4.4 and 5.1). The same seed gives the same bits on every
/// machine.
/// </summary>
internal static class RandomizedSvd
{
    /// <summary>Decomposes <paramref name="matrix"/>.</summary>
    /// <param name="matrix">The matrix [rows, columns].</param>
    /// <param name="rank">The number of singular values to compute.</param>
    /// <param name="oversampling">Columns in addition to the rank; more columns are more accurate.</param>
    /// <param name="iterations">Subspace iterations; more iterations are more accurate.</param>
    /// <param name="seed">The seed of the random signs.</param>
    /// <param name="progress">Receives the progress, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the computation within one product.</param>
    /// <returns>
    /// U [rows, rank padded to a multiple of the SIMD width], and the singular values in descending order; zeros beyond
    /// the rank of the matrix.
    /// </returns>
    public static (DenseMatrix U, double[] SingularValues) Decompose(
        SparseMatrix matrix,
        int rank,
        int oversampling,
        int iterations,
        ulong seed,
        Action<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        SparseMatrix transposed = matrix.Transpose();
        DenseMatrix signs = Signs(matrix.Columns, LaneMath.Pad(rank + oversampling), seed);
        DenseMatrix q = Orthonormal.Columns(matrix.Multiply(signs, cancellationToken), cancellationToken);
        for (int i = 0; i < iterations; i++)
        {
            progress?.Invoke((i + 1.0) / (iterations + 2));
            DenseMatrix z = Orthonormal.Columns(transposed.Multiply(q, cancellationToken), cancellationToken);
            q = Orthonormal.Columns(matrix.Multiply(z, cancellationToken), cancellationToken);
        }

        // QᵀA has the singular values of A and, multiplied by Q, its left singular vectors.
        progress?.Invoke((iterations + 1.0) / (iterations + 2));
        double[,] gram = transposed.Multiply(q, cancellationToken).Gram(cancellationToken);
        (double[] values, double[][] vectors) = SymmetricEigen.Decompose(gram);
        double floor = values[0] * 1e-12;
        var turn = new DenseMatrix(q.Columns, LaneMath.Pad(rank));
        double[] singularValues = new double[turn.Columns];
        for (int j = 0; j < rank; j++)
        {
            if (values[j] > floor)
            {
                singularValues[j] = Math.Sqrt(values[j]);
                for (int i = 0; i < q.Columns; i++)
                {
                    turn.Row(i)[j] = (float)vectors[j][i];
                }
            }
        }

        return (q.Multiply(turn, cancellationToken), singularValues);
    }

    private static DenseMatrix Signs(int rows, int columns, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var signs = new DenseMatrix(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            foreach (ref float value in signs.Row(i))
            {
                value = (random.NextUInt64() >> 63) == 0 ? 1 : -1;
            }
        }

        return signs;
    }
}
