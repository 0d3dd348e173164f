namespace OnnxDeep.Learning.Metrics;

/// <summary>Measures how well scores separate one class from the rest.</summary>
internal static class RocCurve
{
    /// <summary>
    /// The area under the ROC curve: the share of pairs of a positive and a negative row in which the positive row has
    /// the higher score; a tie counts half. Source: Mann and Whitney (1947), from mid-ranks.
    /// </summary>
    /// <param name="scores">Any numbers, higher for the positive class.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <returns>Null if all rows are positive or none is, since there are no pairs.</returns>
    public static double? GetArea(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        double[] sorted = scores.ToArray();
        bool[] flags = positives.ToArray();
        Array.Sort(sorted, flags);
        long positive = flags.LongCount(flag => flag);
        long negative = flags.Length - positive;
        if (positive == 0 || negative == 0)
        {
            return null;
        }

        // Doubled ranks keep mid-ranks whole numbers.
        long twiceRanks = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            int found = 0;
            for (end = start; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
                found += flags[end] ? 1 : 0;
            }

            twiceRanks += (long)found * (start + 1 + end);
        }

        return (twiceRanks - (positive * (positive + 1))) / (2.0 * positive * negative);
    }
}
