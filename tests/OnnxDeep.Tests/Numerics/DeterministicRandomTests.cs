using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Numerics;

public sealed class DeterministicRandomTests
{
    // xoshiro256** seeded with SplitMix64 from 42, computed by an independent implementation in Python.
    [Fact]
    public void SeedGivesThePublishedSequence()
    {
        var random = new DeterministicRandom(42);

        Assert.Equal(
            [1546998764402558742UL, 6990951692964543102UL, 12544586762248559009UL, 17057574109182124193UL],
            [random.NextUInt64(), random.NextUInt64(), random.NextUInt64(), random.NextUInt64()]);
    }

    [Fact]
    public void FloatsStayInTheHalfOpenUnitInterval()
    {
        var random = new DeterministicRandom(7);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.InRange(random.NextSingle(), 0f, 0.99999994f);
            Assert.InRange(random.NextDouble(), 0, 0.9999999999999999);
        }
    }

    [Fact]
    public void IntegersAreEvenlySpread()
    {
        var random = new DeterministicRandom(1);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[random.Next(7)]++;
        }

        // 10,000 are expected for each; five standard deviations are 463.
        Assert.All(counts, count => Assert.InRange(count, 9_537, 10_463));
    }

    [Fact]
    public void ShuffleKeepsEveryItem()
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        new DeterministicRandom(3).Shuffle<int>(items);

        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }
}
