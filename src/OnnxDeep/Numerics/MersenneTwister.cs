namespace OnnxDeep.Numerics;

/// <summary>
/// The numbers that NumPy's <c>np.random</c> draws after <c>np.random.seed(seed)</c>, so the notebook's cells are
/// reproducible to the last digit. Source: Matsumoto and Nishimura (1998), MT19937 with their 53-bit doubles.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Length = 624;
    private const int Shift = 397;

    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    /// <summary>Starts the stream for a seed.</summary>
    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (uint i = 1; i < Length; i++)
        {
            _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + i;
        }
    }

    /// <summary>A multiple of 2⁻⁵³ in [0, 1): <c>np.random.rand()</c>.</summary>
    public double NextDouble() => (((NextUInt32() >> 5) * 67108864.0) + (NextUInt32() >> 6)) / 9007199254740992.0;

    /// <summary>Draws numbers in [<paramref name="low"/>, <paramref name="high"/>): <c>np.random.uniform</c>.</summary>
    public double[] NextDoubles(int count, double low = 0, double high = 1)
    {
        double[] values = new double[count];
        foreach (ref double value in values.AsSpan())
        {
            value = low + ((high - low) * NextDouble());
        }

        return values;
    }

    private uint NextUInt32()
    {
        if (_next == Length)
        {
            Turn();
        }

        uint y = _state[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >> 18);
    }

    private void Turn()
    {
        for (int i = 0; i < Length; i++)
        {
            uint y = (_state[i] & 0x80000000) | (_state[(i + 1) % Length] & 0x7FFFFFFF);
            _state[i] = _state[(i + Shift) % Length] ^ (y >> 1) ^ ((y & 1) * 0x9908B0DF);
        }

        _next = 0;
    }
}
