using OnnxDeep.Numerics;
using OnnxDeep.Trainer.Vectors;

namespace OnnxDeep.Tests.Vectors;

/// <summary>Creates sparse matrices for tests.</summary>
internal static class Sparse
{
    public static SparseMatrix From(float[,] dense)
    {
        var starts = new List<int> { 0 };
        var indices = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < dense.GetLength(0); i++)
        {
            for (int j = 0; j < dense.GetLength(1); j++)
            {
                if (dense[i, j] != 0)
                {
                    indices.Add(j);
                    values.Add(dense[i, j]);
                }
            }

            starts.Add(indices.Count);
        }

        return new SparseMatrix(dense.GetLength(1), [.. starts], [.. indices], [.. values]);
    }

    /// <summary>Creates a matrix with one entry in eight drawn from (0, 1) and the others zero.</summary>
    public static SparseMatrix Random(int rows, int columns, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        float[,] dense = new float[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                dense[i, j] = random.Next(8) == 0 ? random.NextSingle() : 0;
            }
        }

        return From(dense);
    }
}
