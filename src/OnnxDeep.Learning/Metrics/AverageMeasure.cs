namespace OnnxDeep.Learning.Metrics;

/// <summary>A mean over the classes.</summary>
/// <param name="Precision">The mean precision.</param>
/// <param name="Recall">The mean recall.</param>
/// <param name="F1">The mean F1.</param>
public sealed record AverageMeasure(double Precision, double Recall, double F1)
{
    /// <summary>Each class counted alike.</summary>
    public static AverageMeasure Macro(ConfusionMatrix matrix) => Compute(matrix, _ => 1);

    /// <summary>Each class counted by its rows.</summary>
    public static AverageMeasure Weighted(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Compute(matrix, matrix.Support);
    }

    private static AverageMeasure Compute(ConfusionMatrix matrix, Func<int, int> weight)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        double weights = 0, precision = 0, recall = 0, f1 = 0;
        for (int c = 0; c < matrix.ClassCount; c++)
        {
            int w = weight(c);
            weights += w;
            precision += w * matrix.Precision(c);
            recall += w * matrix.Recall(c);
            f1 += w * matrix.F1(c);
        }

        double scale = weights == 0 ? 1 : weights;
        return new AverageMeasure(precision / scale, recall / scale, f1 / scale);
    }
}
