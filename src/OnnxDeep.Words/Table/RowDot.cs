using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using OnnxDeep.Numerics;

namespace OnnxDeep.Words.Table;

/// <summary>
/// Computes inner products of a query with stored rows: eight lanes and the same order of additions on every machine.
/// </summary>
internal static class RowDot
{
    /// <summary>Σ query·row of bytes; the caller applies the scale.</summary>
    public static float Int8(ReadOnlySpan<float> query, ReadOnlySpan<sbyte> row)
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
    public static float Float32(ReadOnlySpan<float> query, ReadOnlySpan<float> row)
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Lanes(ReadOnlySpan<float> values, int index) =>
        Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)index);
}
