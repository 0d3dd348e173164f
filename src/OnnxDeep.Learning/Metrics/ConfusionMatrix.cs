namespace OnnxDeep.Learning.Metrics;

/// <summary>
/// How often each true class was given each label, and the ratios that follow. A ratio whose denominator is 0 is
/// undefined; as in scikit-learn it counts as 0, and <see cref="IsPrecisionDefined"/> and its like say so.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly int[] _counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="classes">At least 1.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
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

    /// <summary>Counts all predictions of another matrix of the same classes.</summary>
    public void Add(ConfusionMatrix other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.ClassCount, ClassCount, nameof(other));
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Total += other.Total;
    }

    /// <summary>The rows that truly are of the class.</summary>
    public int Support(int label) => Sum(c => this[label, c]);

    /// <summary>The rows that were taken for the class.</summary>
    public int Predicted(int label) => Sum(c => this[c, label]);

    /// <summary>Of the rows taken for the class, the share that are of it.</summary>
    public double Precision(int label) => Ratio(this[label, label], Predicted(label));

    /// <summary>Of the rows of the class, the share that were found.</summary>
    public double Recall(int label) => Ratio(this[label, label], Support(label));

    /// <summary>
    /// 2·precision·recall / (precision + recall), multiplied in scikit-learn's order; 0 where both are 0.
    /// </summary>
    public double F1(int label)
    {
        double precision = Precision(label);
        double recall = Recall(label);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// <summary>All figures of one class.</summary>
    /// <param name="label">The class's number.</param>
    /// <param name="name">Its name.</param>
    public ClassMeasure Measure(int label, string name) =>
        new(name, Precision(label), Recall(label), F1(label), Support(label), Predicted(label));

    /// <summary>The counts, [truth, predicted].</summary>
    public int[,] ToArray()
    {
        int[,] counts = new int[ClassCount, ClassCount];
        Buffer.BlockCopy(_counts, 0, counts, 0, _counts.Length * sizeof(int));
        return counts;
    }

    /// <summary>Whether the class was met at all, as truth or as prediction.</summary>
    public bool IsMet(int label) => Support(label) + Predicted(label) > 0;

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
