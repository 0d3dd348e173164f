using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using OnnxDeep.Numerics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>
/// A row-major matrix whose rows are a multiple of the SIMD width, so that its kernels need no remainder loops.
/// </summary>
internal sealed class DenseMatrix
{
    private const int GramBlock = 16;
    private readonly float[] _values;

    public DenseMatrix(int rows, int columns)
    {
        if (columns != LaneMath.Pad(columns))
        {
            throw new ArgumentException($"{columns} columns are not a multiple of {LaneMath.Width}.", nameof(columns));
        }

        Rows = rows;
        Columns = columns;
        _values = new float[checked(rows * columns)];
    }

    public int Rows { get; }

    public int Columns { get; }

    public Span<float> Row(int row) => _values.AsSpan(row * Columns, Columns);

    /// <summary>Computes MᵀM in double precision.</summary>
    public double[,] Gram(CancellationToken cancellationToken)
    {
        double[,] gram = new double[Columns, Columns];
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(0, (Columns + GramBlock - 1) / GramBlock, options, block =>
        {
            int first = block * GramBlock;
            int count = Math.Min(GramBlock, Columns - first);
            Span<Vector256<double>> sums = MemoryMarshal.Cast<double, Vector256<double>>(
                MemoryMarshal.CreateSpan(ref gram[first, 0], count * Columns));
            for (int row = 0; row < Rows; row++)
            {
                ReadOnlySpan<float> values = Row(row);
                for (int i = 0; i < count; i++)
                {
                    AddScaled(
                        sums.Slice(i * Columns / Vector256<double>.Count, Columns / Vector256<double>.Count),
                        values[first + i],
                        values);
                }
            }
        });
        return gram;
    }

    /// <summary>Computes the product with a smaller matrix on the right.</summary>
    public DenseMatrix Multiply(DenseMatrix right, CancellationToken cancellationToken)
    {
        var product = new DenseMatrix(Rows, right.Columns);
        Parallel.For(0, Rows, new ParallelOptions { CancellationToken = cancellationToken }, row =>
        {
            Span<Vector256<float>> sum = MemoryMarshal.Cast<float, Vector256<float>>(product.Row(row));
            ReadOnlySpan<float> left = Row(row);
            for (int i = 0; i < left.Length; i++)
            {
                AddScaled(sum, left[i], right.Row(i));
            }
        });
        return product;
    }

    /// <summary>Computes sum += scale · row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(Span<Vector256<float>> sum, float scale, ReadOnlySpan<float> row)
    {
        ReadOnlySpan<Vector256<float>> lanes = MemoryMarshal.Cast<float, Vector256<float>>(row);
        Vector256<float> factor = Vector256.Create(scale);
        for (int i = 0; i < sum.Length && i < lanes.Length; i++)
        {
            sum[i] += factor * lanes[i];
        }
    }

    /// <summary>Computes sum += scale · row in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddScaled(Span<Vector256<double>> sum, double scale, ReadOnlySpan<float> row)
    {
        ReadOnlySpan<Vector256<float>> lanes = MemoryMarshal.Cast<float, Vector256<float>>(row);
        Vector256<double> factor = Vector256.Create(scale);
        for (int i = 0; i < lanes.Length && (2 * i) + 1 < sum.Length; i++)
        {
            (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(lanes[i]);
            sum[2 * i] += factor * lower;
            sum[(2 * i) + 1] += factor * upper;
        }
    }
}
