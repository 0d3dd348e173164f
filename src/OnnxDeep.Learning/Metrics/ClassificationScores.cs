namespace OnnxDeep.Learning.Metrics;

/// <summary>The figures that need scores and not only classes.</summary>
/// <param name="RocAuc">
/// Two classes: the area under the ROC curve of the positive one. More: the mean over the classes, each against the
/// rest (scikit-learn's <c>multi_class="ovr"</c>). Null where a class is in no row, or in every row.
/// </param>
/// <param name="LogLoss">The mean cross-entropy.</param>
/// <param name="BestThreshold">Two classes: the threshold of the largest F1; else null.</param>
/// <param name="ClassAreas">The area of each class against the rest, in the order of the classes.</param>
public sealed record ClassificationScores(
    double? RocAuc, double LogLoss, BestThreshold? BestThreshold, IReadOnlyList<double?> ClassAreas)
{
    /// <summary>Of two classes.</summary>
    /// <param name="probabilities">Of the positive class, a row each.</param>
    /// <param name="positives">Which rows are of the positive class.</param>
    public static ClassificationScores OfTwo(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positives)
    {
        double[] targets = new double[positives.Length];
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = positives[i] ? 1 : 0;
        }

        // Either class against the other has the same area: both the scores and the classes turn round.
        double? area = RocCurve.GetArea(probabilities, positives);
        return new ClassificationScores(
            area,
            Metrics.LogLoss.OfProbabilities(probabilities, targets),
            Metrics.BestThreshold.Find(probabilities, positives),
            [area, area]);
    }

    /// <summary>Of any number of classes.</summary>
    /// <param name="probabilities">A row for each sample, [classes].</param>
    /// <param name="truths">The class of each row.</param>
    public static ClassificationScores OfMany(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> truths)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(truths);
        int classes = probabilities[0].Length;
        var areas = new double?[classes];
        for (int c = 0; c < classes; c++)
        {
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
