namespace OnnxDeep.Numerics;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's cyclic rotations.</summary>
internal static class SymmetricEigen
{
    private const int MaximumSweeps = 30;
    private const double Tolerance = 1e-24;

    /// <summary>
    /// The eigenvalues in descending order, and their unit eigenvectors as the rows of the second result.
    /// </summary>
    public static (double[] Values, double[][] Vectors) Decompose(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double[][] a = new double[n][];
        double[][] vectors = new double[n][];
        double diagonal = 0;
        for (int i = 0; i < n; i++)
        {
            a[i] = [.. Enumerable.Range(0, n).Select(j => matrix[i, j])];
            vectors[i] = new double[n];
            vectors[i][i] = 1;
            diagonal += a[i][i] * a[i][i];
        }

        for (int sweep = 0; sweep < MaximumSweeps; sweep++)
        {
            double off = 0;
            for (int p = 0; p < n - 1; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    off += a[p][q] * a[p][q];
                    Rotate(a, vectors, p, q);
                }
            }

            if (off <= Tolerance * diagonal)
            {
                break;
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[i][i]).ThenBy(i => i)];
        return ([.. order.Select(i => a[i][i])], [.. order.Select(i => vectors[i])]);
    }

    // Golub and Van Loan, Matrix Computations, 8.5.2: the angle that makes a[p][q] vanish.
    private static void Rotate(double[][] a, double[][] vectors, int p, int q)
    {
        double apq = a[p][q];
        if (apq == 0)
        {
            return;
        }

        double theta = (a[q][q] - a[p][p]) / (2 * apq);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1);
        double s = t * c;
        double app = a[p][p] - (t * apq);
        double aqq = a[q][q] + (t * apq);
        Turn(a[p], a[q], c, s);
        Turn(vectors[p], vectors[q], c, s);
        a[p][p] = app;
        a[q][q] = aqq;
        a[p][q] = 0;
        a[q][p] = 0;
        for (int i = 0; i < a.Length; i++)
        {
            if (i != p && i != q)
            {
                a[i][p] = a[p][i];
                a[i][q] = a[q][i];
            }
        }
    }

    private static void Turn(double[] x, double[] y, double c, double s)
    {
        for (int i = 0; i < x.Length; i++)
        {
            double xi = x[i];
            double yi = y[i];
            x[i] = (c * xi) - (s * yi);
            y[i] = (s * xi) + (c * yi);
        }
    }
}
