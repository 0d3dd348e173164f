using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>Computes sums and differences of words, such as word2vec's "king + woman - man".</summary>
internal static class Analogy
{
    /// <summary>
    /// The sum of unit vectors: the length of a word's vector has no effect. Source: Mikolov et al., 2013.
    /// </summary>
    /// <param name="positive">Vectors [dimensions] to add.</param>
    /// <param name="negative">Vectors [dimensions] to subtract.</param>
    /// <returns>[dimensions]; not normalised.</returns>
    public static float[] Combine(IReadOnlyList<float[]> positive, IReadOnlyList<float[]> negative)
    {
        ArgumentNullException.ThrowIfNull(positive);
        ArgumentNullException.ThrowIfNull(negative);
        float[] sum = new float[(positive.Count > 0 ? positive[0] : negative[0]).Length];
        Add(sum, positive, 1);
        Add(sum, negative, -1);
        return sum;
    }

    private static void Add(float[] sum, IReadOnlyList<float[]> vectors, float sign)
    {
        foreach (float[] vector in vectors)
        {
            float norm = VectorMath.Norm(vector);
            float scale = norm > 0 ? sign / norm : 0;
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += vector[i] * scale;
            }
        }
    }
}
