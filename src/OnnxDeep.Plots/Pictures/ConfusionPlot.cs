using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Plots.Pictures;

/// <summary>How often each true class was taken for each class.</summary>
public sealed record ConfusionPlot : PlotData
{
    private ConfusionPlot(int[,] counts, IReadOnlyList<string> labels)
    {
        Counts = counts;
        Labels = labels;
    }

    /// <inheritdoc/>
    public override string DefaultTitle => "Confusion matrix";

    /// <summary>[truth, predicted], square.</summary>
    public int[,] Counts { get; }

    /// <summary>A name for each class.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>All predictions.</summary>
    public int Total => Counts.Cast<int>().Sum();

    /// <summary>The share of right predictions; 0 for an empty matrix.</summary>
    public double Accuracy =>
        Total == 0 ? 0 : (double)Enumerable.Range(0, Labels.Count).Sum(c => Counts[c, c]) / Total;

    /// <summary>Takes counts over.</summary>
    /// <param name="counts">[truth, predicted].</param>
    /// <param name="labels">A name for each class; numbers from 0 where null.</param>
    /// <exception cref="OnnxDeepException">
    /// The matrix is empty or not square, a count is negative, or the labels are too few or too many.
    /// </exception>
    public static ConfusionPlot Create(int[,] counts, IReadOnlyList<string>? labels)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int classes = counts.GetLength(0);
        if (classes == 0 || counts.GetLength(1) != classes || counts.Cast<int>().Any(count => count < 0))
        {
            throw Invalid(
                $"The matrix [{classes}, {counts.GetLength(1)}] is no confusion matrix: "
                + "it must be square, with no negative count. "
                + "Give a row for each true class and a column for each predicted one.");
        }

        labels ??= [.. Enumerable.Range(0, classes).Select(c => $"{c}")];
        return labels.Count == classes ? new ConfusionPlot(counts, labels) : throw Invalid(
            $"{labels.Count} labels were given for {classes} classes. Give one a class, in the matrix's order.");
    }

    /// <summary>Takes a matrix over.</summary>
    /// <inheritdoc cref="Create(int[,], IReadOnlyList{string}?)"/>
    public static ConfusionPlot Create(ConfusionMatrix matrix, IReadOnlyList<string>? labels)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int[,] counts = new int[matrix.ClassCount, matrix.ClassCount];
        for (int truth = 0; truth < matrix.ClassCount; truth++)
        {
            for (int predicted = 0; predicted < matrix.ClassCount; predicted++)
            {
                counts[truth, predicted] = matrix[truth, predicted];
            }
        }

        return Create(counts, labels);
    }

    /// <summary>Counts pairs.</summary>
    /// <param name="pairs">The true and the predicted class of each prediction.</param>
    /// <param name="labels">The classes in the order to show; all that occur, sorted by name, where null.</param>
    /// <exception cref="OnnxDeepException">There are no pairs, or a class is not among the labels.</exception>
    public static ConfusionPlot Create(
        IReadOnlyCollection<(string Truth, string Predicted)> pairs, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0)
        {
            throw Invalid(
                "There is no prediction to count. Give a matrix, or objects with the properties Truth and Label.");
        }

        labels ??=
        [
            .. pairs
                .Select(pair => pair.Truth)
                .Concat(pairs.Select(pair => pair.Predicted))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        int[,] counts = new int[labels.Count, labels.Count];
        foreach ((string truth, string predicted) in pairs)
        {
            counts[IndexOf(labels, truth), IndexOf(labels, predicted)]++;
        }

        return new ConfusionPlot(counts, labels);
    }

    private static int IndexOf(IReadOnlyList<string> labels, string label)
    {
        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i] == label)
            {
                return i;
            }
        }

        throw Invalid(
            $"A prediction has the class '{label}', which is not among the labels {string.Join(", ", labels)}. "
            + "Give every class a label, or none.");
    }

    private static OnnxDeepException Invalid(string message) => new(ErrorIds.ConfusionInvalid, message);
}
