namespace OnnxDeep.Learning.Metrics;

/// <summary>
/// Counts the rows of each true class by their predicted class, and computes ratios. A ratio with the denominator 0 is
/// undefined; as in scikit-learn it counts as 0, and <see cref="IsPrecisionDefined"/> and its siblings are false.
/// </summary>
public sealed class ConfusionMatrix
{
    /// <summary>The maximum number of classes: the matrix has a number for each pair of them.</summary>
    public const int MostClasses = 2000;

    private const string Corner = "Truth";

    private readonly int[] _counts;

    /// <summary>Creates an empty matrix.</summary>
    /// <param name="classes">From 1 to <see cref="MostClasses"/>.</param>
    /// <exception cref="OnnxDeepException">There are more classes.</exception>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        CheckClasses(classes);
        ClassCount = classes;
        _counts = new int[classes * classes];
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The counts, a row for each true class, which other processes and JSON can hold.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Counts =>
        CellText.List<IReadOnlyList<int>>([.. _counts.Chunk(ClassCount).Select(CellText.List<int>)]);

    /// <summary>The name of each class; null if they have only numbers.</summary>
    public IReadOnlyList<string>? Labels
    {
        get;
        init => field = value is null ? null : CellText.List(value);
    }

    /// <summary>The number of counted predictions.</summary>
    public int Total { get; private set; }

    /// <summary>
    /// The number of rows of class <paramref name="truth"/> predicted as <paramref name="predicted"/>.
    /// </summary>
    public int this[int truth, int predicted] => _counts[(truth * ClassCount) + predicted];

    /// <summary>The share of correct predictions; 0 for an empty matrix.</summary>
    public double Accuracy => Ratio(Sum(c => this[c, c]), Total);

    /// <summary>The counts in one line, such as <c>5 1; 0 6</c>: a row for each true class.</summary>
    public override string ToString() => CellText.Of(ToArray());

    /// <summary>Checks the number of classes.</summary>
    /// <exception cref="OnnxDeepException">There are more than <see cref="MostClasses"/>.</exception>
    public static void CheckClasses(int classes)
    {
        if (classes > MostClasses)
        {
            throw new OnnxDeepException(
                ErrorIds.TooManyClasses,
                FormattableString.Invariant($"There are {classes:N0} classes; the maximum is {MostClasses:N0}, ")
                + "because each pair of them is counted. Check that the labels are classes, not measurements or names, "
                + "or combine classes.");
        }
    }

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

    /// <summary>The number of rows of the class.</summary>
    public int Support(int label) => Sum(c => this[label, c]);

    /// <summary>The number of rows predicted as the class.</summary>
    public int Predicted(int label) => Sum(c => this[c, label]);

    /// <summary>The share of the class among the rows predicted as the class.</summary>
    public double Precision(int label) => Ratio(this[label, label], Predicted(label));

    /// <summary>The share of the rows of the class that are predicted as the class.</summary>
    public double Recall(int label) => Ratio(this[label, label], Support(label));

    /// <summary>
    /// 2·precision·recall / (precision + recall), multiplied in scikit-learn's order; 0 if both are 0.
    /// </summary>
    public double F1(int label)
    {
        double precision = Precision(label);
        double recall = Recall(label);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /// <summary>All measures of one class.</summary>
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

    /// <summary>
    /// The counts as a text table: a row for each true class and a column for each predicted one, headed by its name,
    /// or by its number if the names are too long. Columns that do not fit are in further tables below.
    /// </summary>
    /// <param name="width">The maximum length of a line, if it has room for a single column.</param>
    public string ToTable(int width = 80)
    {
        int cell = $"{_counts.Max()}".Length;
        string[] heads = [.. Enumerable.Range(0, ClassCount).Select(c => ShownText.Value(Labels?[c] ?? $"{c}"))];
        string[] names = heads;
        if (Labels is not null && Longest(names) + heads.Sum(head => Math.Max(head.Length, cell) + 1) > width)
        {
            heads = [.. Enumerable.Range(0, ClassCount).Select(c => $"[{c}]")];
            names = [.. names.Select((name, c) => $"[{c}] {name}")];
        }

        cell = Math.Max(cell, heads.Max(head => head.Length));
        int first = Math.Min(Longest(names), Math.Max(width / 2, Corner.Length));
        int columns = Math.Max(1, (width - first) / (cell + 1));
        return string.Join("\n\n", Enumerable.Range(0, ClassCount).Chunk(columns).Select(block => string.Join(
            '\n',
            names.Select((name, truth) => Row(name, block, predicted => $"{this[truth, predicted]}"))
                .Prepend(Row(Corner, block, c => heads[c])))));

        string Row(string name, int[] block, Func<int, string> text) =>
            (name.Length > first ? $"{name[..(first - 1)]}…" : name.PadRight(first))
            + string.Concat(block.Select(c => $" {text(c).PadLeft(cell)}"));
    }

    /// <summary>Whether any row is of the class or is predicted as the class.</summary>
    public bool IsMet(int label) => Support(label) + Predicted(label) > 0;

    /// <summary>Whether any row is predicted as the class.</summary>
    public bool IsPrecisionDefined(int label) => Predicted(label) > 0;

    /// <summary>Whether any row is of the class.</summary>
    public bool IsRecallDefined(int label) => Support(label) > 0;

    private static int Longest(string[] names) => Math.Max(Corner.Length, names.Max(name => name.Length));

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

/// <summary>
/// The measures of one class. A ratio with the denominator 0 counts as 0, as in scikit-learn, and is marked as
/// undefined.
/// </summary>
/// <param name="Label">The class's name.</param>
/// <param name="Precision">The share of the class among the rows predicted as the class.</param>
/// <param name="Recall">The share of the rows of the class that are predicted as the class.</param>
/// <param name="F1">2·precision·recall / (precision + recall).</param>
/// <param name="Support">The number of rows of the class.</param>
/// <param name="Predicted">The number of rows predicted as the class.</param>
public sealed record ClassMeasure(
    string Label, double Precision, double Recall, double F1, int Support, int Predicted)
{
    /// <summary>Whether any row is predicted as the class.</summary>
    public bool IsPrecisionDefined => Predicted > 0;

    /// <summary>Whether any row is of the class.</summary>
    public bool IsRecallDefined => Support > 0;

    /// <summary>Whether any row is of the class or is predicted as the class.</summary>
    public bool IsF1Defined => Predicted + Support > 0;

    /// <summary>
    /// The area under the ROC curve of this class against the rest; null without scores, or if it is undefined.
    /// </summary>
    public double? RocAuc { get; init; }

    /// <summary>The class with its measures.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{ShownText.Value(Label)}: precision {Precision}, recall {Recall}, F1 {F1}, support {Support}");
}

/// <summary>A mean over the classes.</summary>
/// <param name="Precision">The mean precision.</param>
/// <param name="Recall">The mean recall.</param>
/// <param name="F1">The mean F1.</param>
public sealed record AverageMeasure(double Precision, double Recall, double F1)
{
    /// <summary>Weights each class equally.</summary>
    public static AverageMeasure Macro(ConfusionMatrix matrix) => Compute(matrix, _ => 1);

    /// <summary>Weights each class by its number of rows.</summary>
    public static AverageMeasure Weighted(ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return Compute(matrix, matrix.Support);
    }

    /// <summary>The three means.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"precision {Precision}, recall {Recall}, F1 {F1}");

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
