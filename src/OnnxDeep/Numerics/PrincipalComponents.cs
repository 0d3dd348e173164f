using CommunityToolkit.HighPerformance;

namespace OnnxDeep.Numerics;

/// <summary>
/// Principal component analysis: the directions in which rows vary most. Plain scalar arithmetic in a fixed order, so
/// every machine gives the same numbers.
/// </summary>
internal sealed class PrincipalComponents
{
    private const int Oversampling = 8;
    private const int MaximumSteps = 1000;
    private const double Tolerance = 1e-13;

    private PrincipalComponents(double[,] scores, double[] shares)
    {
        Scores = scores;
        Shares = shares;
    }

    /// <summary>[rows, components]; a component's largest score is positive.</summary>
    public double[,] Scores { get; }

    /// <summary>The share of the variance along each component, 0 to 1, in descending order.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>Computes the principal components of rows.</summary>
    /// <param name="rows">[rows, dimensions].</param>
    /// <param name="components">The number of components; those beyond the rank of the data are 0.</param>
    public static PrincipalComponents Of(ReadOnlySpan2D<float> rows, int components)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(components);
        double[][] centred = Center(rows);

        // The smaller of X·Xᵀ and Xᵀ·X is enough: apart from zeros, they have the same eigenvalues.
        bool isWide = rows.Height <= rows.Width;
        double[][] gram = isWide ? Gram(centred) : Gram(Transpose(centred));
        (double[] values, double[][] vectors) = LargestEigen(gram, components);
        double total = 0;
        for (int i = 0; i < gram.Length; i++)
        {
            total += gram[i][i];
        }

        double[,] scores = new double[rows.Height, components];
        double[] shares = new double[components];
        for (int c = 0; c < Math.Min(components, values.Length); c++)
        {
            double value = Math.Max(0, values[c]);
            shares[c] = total > 0 ? value / total : 0;
            WriteScores(scores, c, isWide, centred, vectors[c], Math.Sqrt(value));
        }

        return new PrincipalComponents(scores, shares);
    }

    private static void WriteScores(
        double[,] scores, int component, bool isWide, double[][] centred, double[] vector, double singularValue)
    {
        double largest = 0;
        for (int row = 0; row < centred.Length; row++)
        {
            double score = isWide ? singularValue * vector[row] : Dot(centred[row], vector);
            scores[row, component] = score;
            largest = Math.Abs(score) > Math.Abs(largest) ? score : largest;
        }

        for (int row = 0; largest < 0 && row < centred.Length; row++)
        {
            scores[row, component] = -scores[row, component];
        }
    }

    // Subspace iteration with a Rayleigh-Ritz step: Golub and Van Loan, Matrix Computations, 8.2.4.
    private static (double[] Values, double[][] Vectors) LargestEigen(double[][] matrix, int count)
    {
        int n = matrix.Length;
        double[][] basis = new double[Math.Min(n, count + Oversampling)][];
        var random = new DeterministicRandom(1);
        for (int i = 0; i < basis.Length; i++)
        {
            basis[i] = [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        }

        Orthonormalize(basis);
        double[] values = new double[basis.Length];
        for (int step = 0; step < MaximumSteps; step++)
        {
            double[][] images = Multiply(basis, matrix);
            double[,] projected = new double[basis.Length, basis.Length];
            for (int i = 0; i < basis.Length; i++)
            {
                for (int j = 0; j < basis.Length; j++)
                {
                    projected[i, j] = Dot(basis[i], images[j]);
                }
            }

            (double[] next, double[][] rotation) = SymmetricEigen.Decompose(projected);
            basis = Multiply(rotation, basis);
            bool isDone = Enumerable.Range(0, Math.Min(count, next.Length))
                .All(i => Math.Abs(next[i] - values[i]) <= Tolerance * Math.Abs(next[0]));
            values = next;
            if (isDone)
            {
                break;
            }

            basis = Multiply(basis, matrix);
            Orthonormalize(basis);
        }

        return (values, basis);
    }

    private static double[][] Center(ReadOnlySpan2D<float> rows)
    {
        double[] mean = new double[rows.Width];
        double[][] centred = new double[rows.Height][];
        for (int i = 0; i < rows.Height; i++)
        {
            centred[i] = new double[rows.Width];
            for (int j = 0; j < rows.Width; j++)
            {
                centred[i][j] = rows[i, j];
                mean[j] += rows[i, j];
            }
        }

        foreach (double[] row in centred)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] -= mean[j] / centred.Length;
            }
        }

        return centred;
    }

    private static double[][] Gram(double[][] rows)
    {
        double[][] gram = new double[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            gram[i] = new double[rows.Length];
            for (int j = 0; j <= i; j++)
            {
                gram[i][j] = Dot(rows[i], rows[j]);
                gram[j][i] = gram[i][j];
            }
        }

        return gram;
    }

    private static double[][] Transpose(double[][] rows) =>
        [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Select(row => row[column]).ToArray())];

    private static double[][] Multiply(double[][] left, double[][] right)
    {
        double[][] product = new double[left.Length][];
        for (int i = 0; i < left.Length; i++)
        {
            product[i] = new double[right[0].Length];
            for (int k = 0; k < right.Length; k++)
            {
                AddScaled(product[i], right[k], left[i][k]);
            }
        }

        return product;
    }

    // Gram-Schmidt, twice: the second pass removes what rounding left. A zero row stays 0.
    private static void Orthonormalize(double[][] rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            double before = Math.Sqrt(Dot(rows[i], rows[i]));
            for (int j = 0; j < 2 * i; j++)
            {
                double[] other = rows[j % i];
                AddScaled(rows[i], other, -Dot(rows[i], other));
            }

            double norm = Math.Sqrt(Dot(rows[i], rows[i]));
            double scale = norm > 1e-12 * before ? 1 / norm : 0;
            for (int k = 0; k < rows[i].Length; k++)
            {
                rows[i][k] *= scale;
            }
        }
    }

    private static void AddScaled(double[] sum, double[] row, double scale)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += scale * row[i];
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
