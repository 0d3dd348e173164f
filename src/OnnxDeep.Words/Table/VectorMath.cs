using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using OnnxDeep.Numerics;

namespace OnnxDeep.Words.Table;

/// <summary>
/// Computes sums, inner products, lengths and angles of vectors, in the same order of additions on every machine.
/// </summary>
internal static class VectorMath
{
    /// <summary>The Euclidean length.</summary>
    public static float Norm(ReadOnlySpan<float> vector) => (float)Math.Sqrt(Dot(vector, vector));

    /// <summary>The cosine of the angle between two vectors, -1 to 1; 0 if one of them has length 0.</summary>
    /// <exception cref="ArgumentException">The vectors have different dimensions.</exception>
    public static float CosineSimilarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException(
                $"Vectors of {a.Length} and {b.Length} dimensions cannot be compared.", nameof(b));
        }

        double lengths = Math.Sqrt(Dot(a, a)) * Math.Sqrt(Dot(b, b));
        return lengths == 0 ? 0 : (float)Math.Clamp(Dot(a, b) / lengths, -1, 1);
    }

    /// <summary>Adds a row to a sum.</summary>
    /// <param name="sum">[dimensions].</param>
    /// <param name="row">[dimensions].</param>
    public static void Add(Span<float> sum, ReadOnlySpan<float> row)
    {
        row = row[..sum.Length];
        ref float s = ref MemoryMarshal.GetReference(sum);
        ref float r = ref MemoryMarshal.GetReference(row);
        int i = 0;
        for (; i <= sum.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> lanes = Vector256.LoadUnsafe(ref s, (nuint)i) + Vector256.LoadUnsafe(ref r, (nuint)i);
            lanes.StoreUnsafe(ref s, (nuint)i);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += row[i];
        }
    }

    /// <summary>Converts a sum of rows to their mean like fastText and floret: times the rounded 1/count.</summary>
    /// <param name="sum">[dimensions].</param>
    /// <param name="count">The number of rows in the sum, at least 1.</param>
    public static void ToMean(Span<float> sum, int count)
    {
        float share = 1f / count;
        foreach (ref float value in sum)
        {
            value *= share;
        }
    }

    /// <summary>Σ query·row of bytes; the caller applies the scale.</summary>
    public static float DotInt8(ReadOnlySpan<float> query, ReadOnlySpan<sbyte> row)
    {
        Vector256<float> even = Vector256<float>.Zero;
        Vector256<float> odd = Vector256<float>.Zero;
        ref float q = ref MemoryMarshal.GetReference(query);
        ref sbyte r = ref MemoryMarshal.GetReference(row);
        int i = 0;
        for (; i <= row.Length - (2 * LaneMath.Width); i += 2 * LaneMath.Width)
        {
            Vector256<short> wide = Vector256.Create(
                Vector128.WidenLower(Vector128.LoadUnsafe(ref r, (nuint)i)),
                Vector128.WidenUpper(Vector128.LoadUnsafe(ref r, (nuint)i)));
            (Vector256<int> lower, Vector256<int> upper) = Vector256.Widen(wide);
            even += Vector256.ConvertToSingle(lower) * Vector256.LoadUnsafe(ref q, (nuint)i);
            odd += Vector256.ConvertToSingle(upper) * Vector256.LoadUnsafe(ref q, (nuint)(i + LaneMath.Width));
        }

        float sum = LaneMath.Sum(even + odd);
        for (; i < row.Length; i++)
        {
            sum += query[i] * row[i];
        }

        return sum;
    }

    /// <summary>Σ query·row of floats.</summary>
    public static float DotFloat32(ReadOnlySpan<float> query, ReadOnlySpan<float> row)
    {
        Vector256<float> even = Vector256<float>.Zero;
        Vector256<float> odd = Vector256<float>.Zero;
        int i = 0;
        for (; i <= row.Length - (2 * LaneMath.Width); i += 2 * LaneMath.Width)
        {
            even += Lanes(query, i) * Lanes(row, i);
            odd += Lanes(query, i + LaneMath.Width) * Lanes(row, i + LaneMath.Width);
        }

        float sum = LaneMath.Sum(even + odd);
        for (; i < row.Length; i++)
        {
            sum += query[i] * row[i];
        }

        return sum;
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        // Four independent sums, always the same four, so the result is reproducible.
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            sum0 += (double)a[i] * b[i];
            sum1 += (double)a[i + 1] * b[i + 1];
            sum2 += (double)a[i + 2] * b[i + 2];
            sum3 += (double)a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++)
        {
            sum0 += (double)a[i] * b[i];
        }

        return sum0 + sum1 + (sum2 + sum3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Lanes(ReadOnlySpan<float> values, int index) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)index);
}
