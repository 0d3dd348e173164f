using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>The notebook's noise. It has nothing to learn, which is the lesson.</summary>
internal static class NoiseData
{
    /// <summary>Draws features uniform in [0, 1) and, independently of them, labels 0 or 1.</summary>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <param name="rows">100 in the notebook.</param>
    /// <param name="inputs">3 in the notebook.</param>
    public static Dataset Create(ulong seed, int rows = 100, int inputs = 3)
    {
        var random = new DeterministicRandom(seed, RandomPurpose.Data);
        float[] features = new float[rows * inputs];
        foreach (ref float feature in features.AsSpan())
        {
            feature = random.NextSingle();
        }

        float[] targets = new float[rows];
        foreach (ref float target in targets.AsSpan())
        {
            target = random.Next(2);
        }

        return new Dataset(
            new ReadOnlySpan2D<float>(features, rows, inputs), new ReadOnlySpan2D<float>(targets, rows, 1));
    }
}
