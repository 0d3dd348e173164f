using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Learning.Training;

/// <summary>Examples with their classes, ready for training, and the examples that were skipped.</summary>
public sealed class LabelledExamples
{
    /// <summary>
    /// The smallest number of examples of a class that is tested: a single one is always trained on. At least two
    /// classes need as many.
    /// </summary>
    public const int LeastOfClass = 2;

    private const int MostNames = 20;

    private LabelledExamples(
        TrainingExamples data,
        IReadOnlyList<string> names,
        IReadOnlyList<string> labels,
        IReadOnlyList<SkippedExample> skipped)
    {
        (Data, Names, Labels, Skipped) = (data, names, labels, skipped);
    }

    /// <summary>The features and targets, with one output for two classes, else one output for each class.</summary>
    public TrainingExamples Data { get; }

    /// <summary>The name of each example: the word, or the number of the row.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The classes by number; of two, the second is the class of the predicted probability.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The skipped examples.</summary>
    public IReadOnlyList<SkippedExample> Skipped { get; }

    /// <summary>Creates examples from rows of numbers.</summary>
    /// <param name="rows">Name, label and features of each example; all have the same number of features.</param>
    /// <param name="skipped">The examples that were skipped before.</param>
    /// <param name="order">
    /// The order of the labels; null sorts them as scikit-learn does: numbers by value, text by code point.
    /// </param>
    /// <param name="standardizes">Whether each number is scaled to mean 0 and deviation 1.</param>
    /// <param name="testRows">The number of the last rows that are for testing alone.</param>
    /// <exception cref="OnnxDeepException">There are too few examples or classes.</exception>
    public static LabelledExamples Create(
        IReadOnlyList<(string Name, string Label, float[] Features)> rows,
        IReadOnlyList<SkippedExample> skipped,
        IReadOnlyList<string>? order = null,
        bool standardizes = false,
        int testRows = 0)
    {
        ArgumentNullException.ThrowIfNull(rows);
        float[,] features = new float[rows.Count, rows.Count == 0 ? 0 : rows[0].Features.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].Features.CopyTo(features.GetRowSpan(i));
        }

        return FromSource(
            new MatrixFeatures(features, standardizes),
            [.. rows.Select(row => (row.Name, row.Label))],
            skipped,
            order,
            testRows);
    }

    /// <summary>Creates examples from a source of features.</summary>
    /// <param name="source">The features of each example.</param>
    /// <param name="rows">Name and label of each example.</param>
    /// <param name="skipped">The examples that were skipped before.</param>
    /// <param name="order">
    /// The order of the labels; null sorts them as scikit-learn does: numbers by value, text by code point.
    /// </param>
    /// <param name="testRows">The number of the last rows that are for testing alone.</param>
    /// <exception cref="OnnxDeepException">
    /// There are too few examples or classes, or a test row has another class than the others.
    /// </exception>
    public static LabelledExamples FromSource(
        ExampleSource source,
        IReadOnlyList<(string Name, string Label)> rows,
        IReadOnlyList<SkippedExample> skipped,
        IReadOnlyList<string>? order = null,
        int testRows = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(skipped);
        (string Name, string Label)[] own = [.. rows.SkipLast(testRows)];
        string[] labels = order is null
            ? [.. LabelOrder.Sort(own.Select(row => row.Label))]
            : [.. order];
        CheckLabels(rows, labels);
        CheckClasses(own, labels, skipped.Count);
        int units = labels.Length == 2 ? 1 : labels.Length;
        float[,] targets = new float[rows.Count, units];
        Dictionary<string, int> places = labels.Index()
            .DistinctBy(label => label.Item)
            .ToDictionary(label => label.Item, label => label.Index);
        for (int i = 0; i < rows.Count; i++)
        {
            int label = places[rows[i].Label];
            if (units == 1)
            {
                targets[i, 0] = label;
            }
            else
            {
                targets[i, label] = 1;
            }
        }

        return new LabelledExamples(
            new TrainingExamples(source, targets) { TestRows = testRows },
            [.. rows.Select(row => row.Name)],
            labels,
            skipped);
    }

    /// <summary>Makes one of two classes the second, which is the class of the predicted probability.</summary>
    /// <exception cref="OnnxDeepException">There is no such class, or there are more than two.</exception>
    public LabelledExamples WithPositive(string label)
    {
        if (Labels.Count != 2 || !Labels.Contains(label))
        {
            throw new OnnxDeepException(
                ErrorIds.LabelUnknown,
                $"'{label}' cannot be the positive class: the classes are {string.Join(", ", Labels)}. "
                + "Name one of two classes; with more classes, each has its own probability.");
        }

        if (Labels[1] == label)
        {
            return this;
        }

        float[,] targets = Data.Targets.ToArray();
        for (int row = 0; row < Data.Rows; row++)
        {
            targets[row, 0] = 1 - targets[row, 0];
        }

        return new LabelledExamples(
            new TrainingExamples(Data.Source, targets) { TestRows = Data.TestRows },
            Names,
            [Labels[1], Labels[0]],
            Skipped);
    }

    private static void CheckLabels(IReadOnlyList<(string Name, string Label)> rows, string[] labels)
    {
        var known = labels.ToHashSet(StringComparer.Ordinal);
        (string name, string? label) = rows.FirstOrDefault(row => !known.Contains(row.Label));
        if (label is not null)
        {
            throw new OnnxDeepException(
                ErrorIds.LabelUnknown,
                $"The example '{name}' has the label '{label}', but the classes are "
                + $"{string.Join(", ", labels.Take(20))}{(labels.Length > 20 ? ", …" : string.Empty)}. "
                + "Correct the label, or add training examples of it.");
        }
    }

    private static void CheckClasses((string Name, string Label)[] rows, string[] labels, int skipped)
    {
        string left = skipped == 0
            ? string.Empty
            : FormattableString.Invariant($" {skipped:N0} more were skipped.");
        ErrorContext context = skipped == 0 ? ErrorContext.None : ErrorContext.SkippedExamples;
        if (labels.Length < 2)
        {
            throw new OnnxDeepException(
                ErrorIds.OneClassOnly,
                (rows.Length == 1
                    ? "The only example is of one class, "
                    : FormattableString.Invariant($"All {rows.Length:N0} examples are of one class, "))
                + $"'{labels.FirstOrDefault()}'. A classifier needs at least two classes: "
                + $"add examples of another class.{left}")
            {
                Context = context,
            };
        }

        var counts = rows.CountBy(row => row.Label).ToDictionary();
        string[] rare = [.. labels.Where(label => counts.GetValueOrDefault(label) < LeastOfClass)];
        if (labels.Length - rare.Length < 2)
        {
            string more = rare.Length > MostNames
                ? FormattableString.Invariant($" and {rare.Length - MostNames:N0} more")
                : string.Empty;
            string names = string.Join(", ", rare.Take(MostNames).Select(
                label => FormattableString.Invariant($"'{label}' has {counts.GetValueOrDefault(label)}")));
            throw new OnnxDeepException(
                ErrorIds.TooFewExamples,
                $"At least two classes need {LeastOfClass} or more usable examples, to train and to test on: "
                + $"{names}{more}. Add examples of these classes.{left}")
            {
                Context = context,
            };
        }
    }
}
