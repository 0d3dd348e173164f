namespace OnnxDeep.Learning.Metrics;

/// <summary>How well scores put one class above the rest.</summary>
public static class RocCurve
{
    /// <summary>
    /// The area under the ROC curve: the share of pairs of a positive and another row in which the positive one has the
    /// higher score, ties counted half. Source: Mann and Whitney (1947), from mid-ranks.
    /// </summary>
    /// <param name="scores">Any numbers, higher for the class.</param>
    /// <param name="positives">Which rows are of the class.</param>
    /// <returns>Null where all rows are of the class, or none: there is no pair then.</returns>
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

        // Twice the ranks, so that mid-ranks stay whole numbers.
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
