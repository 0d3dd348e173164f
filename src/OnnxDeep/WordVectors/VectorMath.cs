namespace OnnxDeep.WordVectors;

/// <summary>Lengths and angles of vectors, summed in double precision.</summary>
public static class VectorMath
{
    /// <summary>The Euclidean length.</summary>
    public static float Norm(ReadOnlySpan<float> vector) => (float)Math.Sqrt(Dot(vector, vector));

    /// <summary>The cosine of the angle between two vectors, -1 to 1; 0 where one of them has no length.</summary>
    /// <exception cref="ArgumentException">The vectors have different dimensions.</exception>
    public static float CosineSimilarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"Vectors of {a.Length} and {b.Length} dimensions have no angle.", nameof(b));
        }

        double lengths = Math.Sqrt(Dot(a, a)) * Math.Sqrt(Dot(b, b));
        return lengths == 0 ? 0 : (float)Math.Clamp(Dot(a, b) / lengths, -1, 1);
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
