using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>A sparse matrix in compressed row format.</summary>
/// <param name="columns">The number of columns.</param>
/// <param name="rowStarts">
/// The start of each row in the two other arrays; has one more entry than there are rows.
/// </param>
/// <param name="indices">The column of each entry, ascending within a row.</param>
/// <param name="values">The value of each entry.</param>
internal sealed class SparseMatrix(int columns, int[] rowStarts, int[] indices, float[] values)
{
    public int Rows => rowStarts.Length - 1;

    public int Columns => columns;

    public int EntryCount => values.Length;

    /// <summary>Returns the columns of a row's entries.</summary>
    public ReadOnlySpan<int> Indices(int row) => indices.AsSpan(rowStarts[row]..rowStarts[row + 1]);

    /// <summary>Returns the values of a row's entries.</summary>
    public ReadOnlySpan<float> Values(int row) => values.AsSpan(rowStarts[row]..rowStarts[row + 1]);

    public SparseMatrix Transpose()
    {
        int[] starts = new int[columns + 1];
        foreach (int column in indices)
        {
            starts[column + 1]++;
        }

        for (int i = 0; i < columns; i++)
        {
            starts[i + 1] += starts[i];
        }

        int[] next = starts[..^1];
        int[] rows = new int[indices.Length];
        float[] entries = new float[values.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++)
            {
                int place = next[indices[i]]++;
                rows[place] = row;
                entries[place] = values[i];
            }
        }

        return new SparseMatrix(Rows, starts, rows, entries);
    }

    /// <summary>
    /// Computes the product with a dense matrix; each row is summed from left to right by one thread.
    /// </summary>
    public DenseMatrix Multiply(DenseMatrix right, CancellationToken cancellationToken)
    {
        var product = new DenseMatrix(Rows, right.Columns);
        Parallel.For(0, Rows, new ParallelOptions { CancellationToken = cancellationToken }, row =>
        {
            Span<Vector256<float>> sum = MemoryMarshal.Cast<float, Vector256<float>>(product.Row(row));
            for (int i = rowStarts[row]; i < rowStarts[row + 1]; i++)
            {
                DenseMatrix.AddScaled(sum, values[i], right.Row(indices[i]));
            }
        });
        return product;
    }
}
