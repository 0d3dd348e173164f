using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Sums of scaled rows: each lane is a separate sum, in the same order on every CPU.</summary>
internal static class LaneAccumulate
{
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
