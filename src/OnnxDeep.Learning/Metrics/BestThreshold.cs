namespace OnnxDeep.Learning.Metrics;

/// <summary>What the best threshold makes largest.</summary>
public enum ThresholdCriterion
{
    /// <summary>The F1 of the positive class.</summary>
    F1,

    /// <summary>Youden's J: the recall of the positive class plus that of the other one, minus 1.</summary>
    Youden,
}

/// <summary>The best threshold by a criterion: a score at or above it means the positive class.</summary>
/// <param name="Threshold">One of the scores.</param>
/// <param name="Value">The F1, or Youden's J, at the threshold.</param>
internal sealed record BestThreshold(double Threshold, double Value)
{
    /// <summary>
    /// Tries every score. Of equal values it takes what argmax finds on scikit-learn's curves: the lowest threshold for
    /// F1 (precision_recall_curve), the highest for Youden's J (roc_curve).
    /// </summary>
    /// <param name="scores">Higher for the positive class.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <param name="criterion">What to maximize.</param>
    /// <returns>
    /// Null if no row is positive or, for Youden's J, if all are, since the criterion is undefined.
    /// </returns>
    public static BestThreshold? Find(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives, ThresholdCriterion criterion)
    {
        double[] sorted = scores.ToArray();
        bool[] flags = positives.ToArray();
        Array.Sort(sorted, flags);
        int positive = flags.Count(flag => flag);
        int negative = flags.Length - positive;
        if (positive == 0 || (criterion == ThresholdCriterion.Youden && negative == 0))
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

            int predicted = sorted.Length - i;
            double value = criterion == ThresholdCriterion.F1
                ? F1(found, predicted, positive)
                : ((double)found / positive) - ((double)(predicted - found) / negative);
            if (best is null || value > best.Value || (value == best.Value && criterion == ThresholdCriterion.F1))
            {
                best = new BestThreshold(sorted[i], value);
            }
        }

        return best;
    }

    private static double F1(int found, int predicted, int positive)
    {
        double precision = (double)found / predicted;
        double recall = (double)found / positive;
        return found == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }
}
