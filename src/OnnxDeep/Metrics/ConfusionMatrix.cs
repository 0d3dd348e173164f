namespace OnnxDeep.Metrics;

/// <summary>
/// How often each true class was given each label, and the ratios that follow. A ratio whose denominator is 0 is
/// undefined; as in scikit-learn it counts as 0, and <see cref="IsPrecisionDefined"/> and its like say so.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">At least 2.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ClassCount = classes;
        _counts = new int[classes * classes];
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The predictions counted so far.</summary>
    public int Total { get; private set; }

    /// <summary>How often a row of class <paramref name="truth"/> was taken for <paramref name="predicted"/>.</summary>
    public int this[int truth, int predicted] => _counts[(truth * ClassCount) + predicted];

    /// <summary>The share of right predictions; 0 for an empty matrix.</summary>
    public double Accuracy => Ratio(Sum(c => this[c, c]), Total);

    /// <summary>Counts one prediction.</summary>
    public void Add(int truth, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)ClassCount, nameof(truth));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)ClassCount, nameof(predicted));
        _counts[(truth * ClassCount) + predicted]++;
        Total++;
    }

    /// <summary>The rows that truly are of the class.</summary>
    public int Support(int label) => Sum(c => this[label, c]);

    /// <summary>The rows that were taken for the class.</summary>
    public int Predicted(int label) => Sum(c => this[c, label]);

    /// <summary>Of the rows taken for the class, the share that are of it.</summary>
    public double Precision(int label) => Ratio(this[label, label], Predicted(label));

    /// <summary>Of the rows of the class, the share that were found.</summary>
    public double Recall(int label) => Ratio(this[label, label], Support(label));

    /// <summary>2·precision·recall / (precision + recall), multiplied in scikit-learn's order; 0 where both are 0.</summary>
    public double F1(int label)
    {
        double precision = Precision(label);
        double recall = Recall(label);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// <summary>Whether anything was taken for the class.</summary>
    public bool IsPrecisionDefined(int label) => Predicted(label) > 0;

    /// <summary>Whether any row is of the class.</summary>
    public bool IsRecallDefined(int label) => Support(label) > 0;

    private static double Ratio(int numerator, int denominator) =>
        denominator == 0 ? 0 : (double)numerator / denominator;

    private int Sum(Func<int, int> term)
    {
        int sum = 0;
        for (int c = 0; c < ClassCount; c++)
        {
            sum += term(c);
        }

        return sum;
    }
}
