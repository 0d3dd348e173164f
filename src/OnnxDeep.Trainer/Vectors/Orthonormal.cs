using OnnxDeep.Numerics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Creates matrices with orthonormal columns.</summary>
internal static class Orthonormal
{
    // A direction this much shorter than the longest one is rounding noise.
    private const double Negligible = 1e-10;

    /// <summary>
    /// Returns a matrix with the same column space and orthonormal columns: M·L⁻ᵀ, where MᵀM = L·Lᵀ. Columns
    /// that depend on preceding ones become zero.
    /// </summary>
    public static DenseMatrix Columns(DenseMatrix matrix, CancellationToken cancellationToken)
    {
        // The second pass removes the rounding errors of the first (CholeskyQR2).
        DenseMatrix once = Pass(matrix, cancellationToken);
        return Pass(once, cancellationToken);
    }

    /// <summary>
    /// Creates a random orthogonal matrix, whose rows are padded with zeros to a multiple of the SIMD width.
    /// </summary>
    public static DenseMatrix CreateRandom(int dimensions, ulong seed, CancellationToken cancellationToken)
    {
        var random = new DeterministicRandom(seed);
        var matrix = new DenseMatrix(LaneMath.Pad(dimensions), LaneMath.Pad(dimensions));
        for (int i = 0; i < dimensions; i++)
        {
            foreach (ref float value in matrix.Row(i)[..dimensions])
            {
                // The Irwin-Hall distribution is close enough to a normal distribution for uniform directions.
                for (int term = 0; term < 12; term++)
                {
                    value += random.NextSingle() - 0.5f;
                }
            }
        }

        return Columns(matrix, cancellationToken);
    }

    private static DenseMatrix Pass(DenseMatrix matrix, CancellationToken cancellationToken)
    {
        double[,] inverse = InverseFactor(matrix.Gram(cancellationToken), matrix.Columns);
        var right = new DenseMatrix(matrix.Columns, matrix.Columns);
        for (int i = 0; i < matrix.Columns; i++)
        {
            Span<float> row = right.Row(i);
            for (int j = i; j < row.Length; j++)
            {
                row[j] = (float)inverse[j, i];
            }
        }

        return matrix.Multiply(right, cancellationToken);
    }

    /// <summary>
    /// Computes L⁻¹ for a symmetric, positive semidefinite matrix; rows are zero if a pivot vanishes.
    /// </summary>
    private static double[,] InverseFactor(double[,] gram, int n)
    {
        double[,] factor = new double[n, n];
        double[,] inverse = new double[n, n];
        double largest = 0;
        for (int i = 0; i < n; i++)
        {
            largest = Math.Max(largest, gram[i, i]);
        }

        for (int j = 0; j < n; j++)
        {
            double pivot = gram[j, j];
            for (int k = 0; k < j; k++)
            {
                pivot -= factor[j, k] * factor[j, k];
            }

            if (pivot <= largest * Negligible)
            {
                continue;
            }

            factor[j, j] = Math.Sqrt(pivot);
            for (int i = j + 1; i < n; i++)
            {
                double sum = gram[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[i, k] * factor[j, k];
                }

                factor[i, j] = sum / factor[j, j];
            }
        }

        for (int i = 0; i < n; i++)
        {
            if (factor[i, i] == 0)
            {
                continue;
            }

            inverse[i, i] = 1 / factor[i, i];
            for (int j = 0; j < i; j++)
            {
                double sum = 0;
                for (int k = j; k < i; k++)
                {
                    sum -= factor[i, k] * inverse[k, j];
                }

                inverse[i, j] = sum / factor[i, i];
            }
        }

        return inverse;
    }
}
