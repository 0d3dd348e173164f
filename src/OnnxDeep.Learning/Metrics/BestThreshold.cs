namespace OnnxDeep.Learning.Metrics;

/// <summary>The threshold that makes F1 largest: scores from it on count as the positive class.</summary>
/// <param name="Threshold">One of the scores.</param>
/// <param name="F1">The F1 that it gives.</param>
public sealed record BestThreshold(double Threshold, double F1)
{
    /// <summary>
    /// Tries every score, as scikit-learn's precision_recall_curve does; of equal F1 the lowest threshold is taken, as
    /// argmax takes it there.
    /// </summary>
    /// <param name="scores">Higher for the positive class.</param>
    /// <param name="positives">Which rows are of the positive class.</param>
    /// <returns>Null where no row is positive: F1 is undefined then.</returns>
    public static BestThreshold? Find(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        double[] sorted = scores.ToArray();
        bool[] flags = positives.ToArray();
        Array.Sort(sorted, flags);
        int positive = flags.Count(flag => flag);
        if (positive == 0)
        {
            return null;
        }

        BestThreshold? best = null;
        int found = 0;
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            found += flags[i] ? 1 : 0;
            if (i > 0 && sorted[i - 1] == sorted[i])
            {
                continue;
            }

            double precision = (double)found / (sorted.Length - i);
            double recall = (double)found / positive;
            double f1 = found == 0 ? 0 : 2 * precision * recall / (precision + recall);
            if (best is null || f1 >= best.F1)
            {
                best = new BestThreshold(sorted[i], f1);
            }
        }

        return best;
    }
}
