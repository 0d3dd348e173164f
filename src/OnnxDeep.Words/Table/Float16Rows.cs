namespace OnnxDeep.Words.Table;

/// <summary>Rows of IEEE half precision.</summary>
internal static class Float16Rows
{
    /// <summary>Rounds to the nearest half; what lies beyond 65,504 becomes infinite.</summary>
    public static void Round(ReadOnlySpan<float> row, Span<Half> halves)
    {
        for (int i = 0; i < row.Length; i++)
        {
            halves[i] = (Half)row[i];
        }
    }

    /// <summary>Exact.</summary>
    public static void Expand(ReadOnlySpan<Half> halves, Span<float> row)
    {
        for (int i = 0; i < halves.Length; i++)
        {
            row[i] = (float)halves[i];
        }
    }
}
