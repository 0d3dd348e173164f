using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>Draws weights and biases.</summary>
internal static class WeightInitializers
{
    /// <summary>Fills one layer's weights, then its biases, in row-major order.</summary>
    public static void Fill(
        this WeightInitializer initializer,
        DeterministicRandom random,
        int inputs,
        int units,
        Span<float> weights,
        Span<float> biases)
    {
        bool notebook = initializer == WeightInitializer.Notebook;
        float limit = notebook ? 1 : (float)Math.Sqrt(6.0 / (inputs + units));
        foreach (ref float weight in weights)
        {
            weight = random.NextSingle(-limit, limit);
        }

        foreach (ref float bias in biases)
        {
            bias = notebook ? random.NextSingle() : 0;
        }
    }
}
