namespace OnnxDeep.Words.Table;

/// <summary>Computes lengths and angles of vectors, summed in double precision.</summary>
internal static class VectorMath
{
    /// <summary>The Euclidean length.</summary>
    public static float Norm(ReadOnlySpan<float> vector) => (float)Math.Sqrt(Dot(vector, vector));

    /// <summary>The cosine of the angle between two vectors, -1 to 1; 0 if one of them has length 0.</summary>
    /// <exception cref="ArgumentException">The vectors have different dimensions.</exception>
    public static float CosineSimilarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException(
                $"Vectors of {a.Length} and {b.Length} dimensions cannot be compared.", nameof(b));
        }

        double lengths = Math.Sqrt(Dot(a, a)) * Math.Sqrt(Dot(b, b));
        return lengths == 0 ? 0 : (float)Math.Clamp(Dot(a, b) / lengths, -1, 1);
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        // Four independent sums, always the same four, so the result is reproducible.
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= a.Length - 4; i += 4)
        {
            sum0 += (double)a[i] * b[i];
            sum1 += (double)a[i + 1] * b[i + 1];
            sum2 += (double)a[i + 2] * b[i + 2];
            sum3 += (double)a[i + 3] * b[i + 3];
        }

        for (; i < a.Length; i++)
        {
            sum0 += (double)a[i] * b[i];
        }

        return sum0 + sum1 + (sum2 + sum3);
    }
}
