using CommunityToolkit.HighPerformance;

namespace OnnxDeep.Learning.Data;

/// <summary>Examples with their classes, ready to train on, and what was left out.</summary>
public sealed class LabelledExamples
{
    /// <summary>The fewest examples of a class: some to train on, one to test on.</summary>
    public const int LeastOfClass = 4;

    private LabelledExamples(
        Dataset data, IReadOnlyList<string> names, IReadOnlyList<string> labels, IReadOnlyList<SkippedExample> skipped)
    {
        (Data, Names, Labels, Skipped) = (data, names, labels, skipped);
    }

    /// <summary>[examples, inputs], with one output for two classes and one for each of more.</summary>
    public Dataset Data { get; }

    /// <summary>What tells each example: the word, or the number of the row.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The classes by number; of two, the second is the one whose probability comes out.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>What was left out.</summary>
    public IReadOnlyList<SkippedExample> Skipped { get; }

    /// <summary>Puts examples together.</summary>
    /// <param name="rows">The features of each, all of the same length, its name and its label.</param>
    /// <param name="skipped">What was left out before.</param>
    /// <param name="order">The order of the labels; null sorts them.</param>
    /// <exception cref="OnnxDeepException">There are too few examples or classes.</exception>
    public static LabelledExamples Create(
        IReadOnlyList<(string Name, string Label, float[] Features)> rows,
        IReadOnlyList<SkippedExample> skipped,
        IReadOnlyList<string>? order = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(skipped);
        string[] labels = order is null
            ? [.. rows.Select(row => row.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
            : [.. order];
        CheckClasses(rows, labels, skipped.Count);
        int units = labels.Length == 2 ? 1 : labels.Length;
        float[,] features = new float[rows.Count, rows[0].Features.Length];
        float[,] targets = new float[rows.Count, units];
        for (int i = 0; i < rows.Count; i++)
        {
            rows[i].Features.CopyTo(features.GetRowSpan(i));
            int label = Array.IndexOf(labels, rows[i].Label);
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
            new Dataset(features.AsSpan2D(), targets.AsSpan2D()), [.. rows.Select(row => row.Name)], labels, skipped);
    }

    /// <summary>The same examples with another of two classes as the second one, whose probability comes out.</summary>
    /// <exception cref="OnnxDeepException">There is no such class, or there are more than two.</exception>
    public LabelledExamples WithPositive(string label)
    {
        if (Labels.Count != 2 || !Labels.Contains(label))
        {
            throw new OnnxDeepException(
                ErrorIds.LabelUnknown,
                $"'{label}' cannot be the positive class: the classes are {string.Join(", ", Labels)}. "
                + "Of two classes name one; more have a probability each.");
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
            new Dataset(Data.Features, targets.AsSpan2D()), Names, [Labels[1], Labels[0]], Skipped);
    }

    private static void CheckClasses(
        IReadOnlyList<(string Name, string Label, float[] Features)> rows, string[] labels, int skipped)
    {
        string left = skipped == 0
            ? string.Empty
            : FormattableString.Invariant($" {skipped:N0} more were skipped.");
        ErrorContext context = skipped == 0 ? ErrorContext.None : ErrorContext.SkippedExamples;
        if (labels.Length < 2)
        {
            throw new OnnxDeepException(
                ErrorIds.OneClassOnly,
                FormattableString.Invariant($"All {rows.Count:N0} examples are of one class, ")
                + $"'{labels.FirstOrDefault()}', and a classifier tells classes apart. "
                + $"Give examples of another class too.{left}")
            {
                Context = context,
            };
        }

        foreach (string label in labels)
        {
            int count = rows.Count(row => row.Label == label);
            if (count < LeastOfClass)
            {
                throw new OnnxDeepException(
                    ErrorIds.TooFewExamples,
                    FormattableString.Invariant($"The class '{label}' has {count:N0} usable ")
                    + $"{(count == 1 ? "example" : "examples")}, "
                    + FormattableString.Invariant($"and training and testing take {LeastOfClass} at the least. ")
                    + $"Give more of them.{left}")
                {
                    Context = context,
                };
            }
        }
    }
}

/// <summary>An example that no network was trained on.</summary>
/// <param name="Example">The word, or what tells the row.</param>
/// <param name="Label">Its class as given; of a word under several labels all of them.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">The reason in words.</param>
public sealed record SkippedExample(string Example, string Label, SkipReason Reason, string Detail)
{
    /// <summary>The same as <see cref="Example"/>, as lists of words call it.</summary>
    public string Word => Example;
}

/// <summary>Why an example was left out.</summary>
public enum SkipReason
{
    /// <summary>The vectors do not know the word.</summary>
    Unknown,

    /// <summary>The same word stands in the list before, under the same label.</summary>
    Duplicate,

    /// <summary>The word stands under more than one label, and which is right only its author knows.</summary>
    SeveralLabels,

    /// <summary>The word is no text, or a number of the row is missing or none.</summary>
    Invalid,

    /// <summary>The row has no label.</summary>
    NoLabel,
}
