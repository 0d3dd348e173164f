namespace OnnxDeep.Onnx.Conversion;

/// <summary>
/// A matrix as 8-bit integers with one float scale per column. The integers are in [-64, 64]: two products with an
/// unsigned 8-bit number then fit into 16 bits, in which processors without VNNI add them up, so results are the same
/// everywhere.
/// </summary>
/// <param name="Values">[inputs, units], row-major.</param>
/// <param name="Scales">[units].</param>
internal sealed record QuantizedMatrix(sbyte[] Values, float[] Scales)
{
    /// <summary>The largest absolute value.</summary>
    public const int Limit = 64;

    /// <summary>The maximum number of inputs for which no sum of products exceeds 32 bits.</summary>
    public const long MostInputs = int.MaxValue / (Limit * byte.MaxValue);

    /// <summary>Rounds a matrix to the nearest integers; null if one of its numbers is not finite.</summary>
    /// <param name="weights">[inputs, units], or [units, inputs], row-major.</param>
    /// <param name="inputs">At least 1.</param>
    /// <param name="units">At least 1.</param>
    /// <param name="isTransposed">Whether it is [units, inputs].</param>
    public static QuantizedMatrix? Create(ReadOnlySpan<float> weights, int inputs, int units, bool isTransposed)
    {
        (int rowStep, int columnStep) = isTransposed ? (1, inputs) : (units, 1);
        float[] scales = new float[units];
        for (int i = 0; i < inputs; i++)
        {
            for (int u = 0; u < units; u++)
            {
                float size = MathF.Abs(weights[(i * rowStep) + (u * columnStep)]);
                if (!float.IsFinite(size))
                {
                    return null;
                }

                scales[u] = MathF.Max(scales[u], size);
            }
        }

        foreach (ref float scale in scales.AsSpan())
        {
            // Zeros, and numbers close enough to zero, are zero at any scale.
            scale = scale / Limit is var step && float.IsNormal(step) ? step : 1;
        }

        sbyte[] values = new sbyte[inputs * units];
        for (int i = 0; i < inputs; i++)
        {
            for (int u = 0; u < units; u++)
            {
                float value = MathF.Round(weights[(i * rowStep) + (u * columnStep)] / scales[u]);
                values[(i * units) + u] = (sbyte)Math.Clamp(value, -Limit, Limit);
            }
        }

        return new QuantizedMatrix(values, scales);
    }
}
