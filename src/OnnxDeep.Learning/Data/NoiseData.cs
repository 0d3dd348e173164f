using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>The notebook's noise: there is nothing to learn in it, which is the lesson.</summary>
public static class NoiseData
{
    /// <summary>Features uniform in [0, 1) with labels 0 or 1 drawn without looking at them.</summary>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <param name="rows">The notebook takes 100.</param>
    /// <param name="inputs">The notebook takes 3.</param>
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
