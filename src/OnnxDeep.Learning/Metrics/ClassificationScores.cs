namespace OnnxDeep.Learning.Metrics;

/// <summary>The measures that need scores, not only classes.</summary>
/// <param name="RocAuc">
/// Two classes: the area under the ROC curve of the positive one. More: the mean over the classes, each against the
/// rest (scikit-learn's <c>multi_class="ovr"</c>). Null if a class is in no row, or in every row.
/// </param>
/// <param name="LogLoss">The mean cross-entropy.</param>
/// <param name="BestThreshold">Two classes: the threshold with the largest F1; else null.</param>
/// <param name="ClassAreas">The area under the ROC curve of each class against the rest.</param>
/// <param name="Reliability">The probabilities against the shares of hits.</param>
internal sealed record ClassificationScores(
    double? RocAuc,
    double LogLoss,
    BestThreshold? BestThreshold,
    IReadOnlyList<double?> ClassAreas,
    ReliabilityCurve Reliability)
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
            Metrics.BestThreshold.Find(probabilities, positives, ThresholdCriterion.F1),
            [area, area],
            ReliabilityCurve.OfTwo(probabilities, positives));
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
            areas,
            ReliabilityCurve.OfMany(probabilities, truths));
    }
}
