namespace OnnxDeep.Words.Table;

/// <summary>Rows of signed bytes with one scale each: the largest magnitude of a row becomes 127.</summary>
internal static class Int8Rows
{
    /// <summary>Rounds a row to bytes and returns its scale; a row of zeros has scale 0.</summary>
    public static float Quantize(ReadOnlySpan<float> row, Span<sbyte> bytes)
    {
        float largest = 0;
        foreach (float value in row)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        float scale = largest / sbyte.MaxValue;
        for (int i = 0; i < row.Length; i++)
        {
            bytes[i] = scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(row[i] / scale), -127, 127);
        }

        return scale;
    }

    /// <summary>value = byte · scale.</summary>
    public static void Expand(ReadOnlySpan<sbyte> bytes, float scale, Span<float> row)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            row[i] = bytes[i] * scale;
        }
    }
}
