using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OnnxDeep.Words.Table;

/// <summary>Adds rows element by element: vectorisation changes the speed but not the result.</summary>
internal static class RowSum
{
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
}
