namespace OnnxDeep;

/// <summary>Counts how many characters separate two texts.</summary>
internal static class EditDistance
{
    /// <summary>The changed, missing, added or exchanged characters between two texts.</summary>
    /// <param name="a">A text.</param>
    /// <param name="b">Another one.</param>
    /// <param name="most">The largest number of interest.</param>
    /// <returns>The number, or any larger one than <paramref name="most"/> if it is larger.</returns>
    public static int Count(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most)
        {
            return most + 1;
        }

        // Row i has the edits between the first i characters of a and the first characters of b; an exchange needs the
        // row before the last.
        Span<int> rows = b.Length < 100 ? stackalloc int[3 * (b.Length + 1)] : new int[3 * (b.Length + 1)];
        Span<int> before = rows[..(b.Length + 1)];
        Span<int> last = rows.Slice(b.Length + 1, b.Length + 1);
        Span<int> row = rows[(2 * (b.Length + 1))..];
        for (int j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int edits = Math.Min(
                    Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits = Math.Min(edits, before[j - 2] + 1);
                }

                row[j] = edits;
                least = Math.Min(least, edits);
            }

            if (least > most + 1)
            {
                return most + 1;
            }

            Span<int> free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[b.Length];
    }
}
