namespace OnnxDeep.Learning.Metrics;

/// <summary>The measures that need scores, not only classes.</summary>
/// <param name="RocAuc">
/// Two classes: the area under the ROC curve of the positive one. More: the mean over the classes, each against the
/// rest (scikit-learn's <c>multi_class="ovr"</c>). Null if a class is in no row, or in every row.
/// </param>
/// <param name="LogLoss">The mean cross-entropy.</param>
/// <param name="BestThreshold">Two classes: the threshold with the largest F1; else null.</param>
/// <param name="ClassAreas">The area under the ROC curve of each class against the rest.</param>
internal sealed record ClassificationScores(
    double? RocAuc, double LogLoss, BestThreshold? BestThreshold, IReadOnlyList<double?> ClassAreas)
{
    /// <summary>Measures two classes.</summary>
    /// <param name="probabilities">The probability of the positive class in each row.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    public static ClassificationScores OfTwo(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positives)
    {
        double[] targets = new double[positives.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = positives[i] ? 1 : 0;
        }

        // Both classes have the same area, since one has the reversed scores of the other.
        double? area = RocCurve.GetArea(probabilities, positives);
        return new ClassificationScores(
            area,
            Metrics.LogLoss.OfProbabilities(probabilities, targets),
            Metrics.BestThreshold.Find(probabilities, positives),
            [area, area]);
    }

    /// <summary>Measures any number of classes.</summary>
    /// <param name="probabilities">The probabilities of each row, [classes].</param>
    /// <param name="truths">The true class of each row.</param>
    /// <param name="cancellationToken">Checked before each class.</param>
    public static ClassificationScores OfMany(
        IReadOnlyList<double[]> probabilities, IReadOnlyList<int> truths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(truths);
        int classes = probabilities[0].Length;
        var areas = new double?[classes];
        for (int c = 0; c < classes; c++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] scores = [.. probabilities.Select(row => row[c])];
            bool[] positives = [.. truths.Select(truth => truth == c)];
            areas[c] = RocCurve.GetArea(scores, positives);
        }

        return new ClassificationScores(
            areas.All(area => area is not null) ? areas.Average() : null,
            Metrics.LogLoss.OfClasses(probabilities, truths),
            null,
            areas);
    }
}

/// <summary>The threshold with the largest F1: a score at or above it means the positive class.</summary>
/// <param name="Threshold">One of the scores.</param>
/// <param name="F1">The F1 at the threshold.</param>
internal sealed record BestThreshold(double Threshold, double F1)
{
    /// <summary>
    /// Tries every score, as scikit-learn's precision_recall_curve does, and takes the lowest threshold of equal F1, as
    /// argmax does on that curve.
    /// </summary>
    /// <param name="scores">Higher for the positive class.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    /// <returns>Null if no row is positive, since F1 is undefined.</returns>
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
