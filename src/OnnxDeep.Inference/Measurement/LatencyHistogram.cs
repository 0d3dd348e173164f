using System.Numerics;

namespace OnnxDeep.Inference.Measurement;

/// <summary>
/// Counts durations in buckets whose width is at most 0.1% of their value, so memory use is constant and adding a
/// duration takes a few nanoseconds. The layout is that of HdrHistogram (Tene, 2012).
/// </summary>
internal sealed class LatencyHistogram
{
    // Exact below 2^11; above that, each doubling has 2^10 buckets.
    private const int FineBits = 10;
    private const int FineCount = 1 << FineBits;

    private readonly long[] _counts = new long[(64 - FineBits) << FineBits];

    /// <summary>The number of durations that were added.</summary>
    public long Count { get; private set; }

    /// <summary>The sum of all durations.</summary>
    public long Sum { get; private set; }

    /// <summary>The longest duration.</summary>
    public long Max { get; private set; }

    /// <summary>Adds a duration.</summary>
    /// <param name="duration">A value of 0 or more, in any unit.</param>
    public void Add(long duration)
    {
        _counts[IndexOf(duration)]++;
        Count++;
        Sum += duration;
        Max = Math.Max(Max, duration);
    }

    /// <summary>
    /// Returns the duration that the given share of all durations does not exceed (nearest rank), to within 0.1%.
    /// </summary>
    /// <param name="share">A value above 0 and up to 1.</param>
    public double GetPercentile(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(Middle(i), Max);
            }
        }

        return Max;
    }

    private static int IndexOf(long duration)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)duration | 1) - FineBits);
        return (shift << FineBits) + (int)(duration >> shift);
    }

    private static double Middle(int index)
    {
        if (index < 2 * FineCount)
        {
            return index;
        }

        int shift = (index >> FineBits) - 1;
        return ((double)(index - (shift << FineBits)) + 0.5) * (1L << shift);
    }
}
