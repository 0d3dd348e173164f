using System.Numerics;

namespace OnnxDeep.Numerics;

/// <summary>
/// xoshiro256** (Blackman and Vigna, 2018), seeded by SplitMix64: the same seed gives the same numbers on every machine
/// and runtime, which <see cref="Random"/> does not guarantee.
/// </summary>
internal sealed class DeterministicRandom
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the stream for <paramref name="seed"/> and <paramref name="purpose"/>.</summary>
    /// <param name="seed">Any number; nearby seeds give unrelated streams.</param>
    /// <param name="purpose">What the numbers are for; the streams of different purposes are independent.</param>
    public DeterministicRandom(ulong seed, RandomPurpose purpose = RandomPurpose.Weights)
    {
        for (RandomPurpose skipped = 0; skipped < purpose; skipped++)
        {
            seed = SplitMix64(ref seed);
        }

        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A multiple of 2⁻²⁴ in [0, 1).</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>A multiple of 2⁻⁵³ in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float NextSingle(float low, float high) => low + ((high - low) * NextSingle());

    /// <summary>An integer in [0, <paramref name="bound"/>), without bias (Lemire, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong product = (NextUInt64() >> 32) * (ulong)bound;
        if ((uint)product < (uint)bound)
        {
            uint threshold = (uint)-bound % (uint)bound;
            while ((uint)product < threshold)
            {
                product = (NextUInt64() >> 32) * (ulong)bound;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Shuffles the items (Fisher-Yates); every order is equally likely.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What the random numbers of a seed are used for; each purpose has its own stream.</summary>
internal enum RandomPurpose
{
    /// <summary>Initial weights.</summary>
    Weights,

    /// <summary>Generated data.</summary>
    Data,

    /// <summary>The choice of test rows.</summary>
    TestSplit,

    /// <summary>The choice of validation rows.</summary>
    ValidationSplit,

    /// <summary>The order of the rows in each epoch.</summary>
    Shuffle,
}
