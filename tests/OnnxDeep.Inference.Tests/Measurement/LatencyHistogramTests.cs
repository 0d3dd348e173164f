using OnnxDeep.Inference.Measurement;
using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Measurement;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void PercentilesAreThoseOfTheSortedDurationsToATenthOfAPercent(int count)
    {
        var random = new DeterministicRandom((ulong)count);
        var histogram = new LatencyHistogram();

        // From a nanosecond to more than an hour, with all magnitudes equally likely.
        long[] durations = [.. Enumerable.Range(0, count).Select(_ => (long)Math.Pow(2, random.NextDouble() * 42))];
        foreach (long duration in durations)
        {
            histogram.Add(duration);
        }

        Array.Sort(durations);
        foreach (double share in (double[])[0.001, 0.5, 0.9, 0.99, 0.999, 1])
        {
            double expected = durations[Math.Max(0, (int)Math.Ceiling(share * count) - 1)];
            Assert.Equal(expected, histogram.GetPercentile(share), expected * 0.001);
        }

        Assert.Equal((count, durations.Sum(), durations[^1]), (histogram.Count, histogram.Sum, histogram.Max));
    }

    [Fact]
    public void ShortDurationsAreExactAndTheLongestIsNotExceeded()
    {
        var histogram = new LatencyHistogram();
        foreach (long duration in (long[])[0, 1, 2047, 2048, long.MaxValue / 4])
        {
            histogram.Add(duration);
        }

        Assert.Equal(0, histogram.GetPercentile(0.2));
        Assert.Equal(1, histogram.GetPercentile(0.4));
        Assert.Equal(2047, histogram.GetPercentile(0.6));
        Assert.True(histogram.GetPercentile(1) <= histogram.Max);
    }
}
