using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OnnxDeep.Words.Table;

/// <summary>Sums of rows, each number by itself: lanes change the speed and not one bit.</summary>
internal static class RowSum
{
    /// <summary>sum += row.</summary>
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

    /// <summary>The mean of rows from their sum, as fastText and floret take it: times the rounded 1/count.</summary>
    /// <param name="sum">[dimensions].</param>
    /// <param name="count">The rows in it, at least 1.</param>
    public static void ToMean(Span<float> sum, int count)
    {
        float share = 1f / count;
        foreach (ref float value in sum)
        {
            value *= share;
        }
    }
}
