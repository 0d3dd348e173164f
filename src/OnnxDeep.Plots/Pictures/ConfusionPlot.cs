using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Plots.Pictures;

/// <summary>How often each true class was predicted as each class.</summary>
public sealed record ConfusionPlot : PlotData
{
    private ConfusionPlot(int[,] counts, IReadOnlyList<string> labels)
    {
        Counts = counts;
        Labels = labels;
    }

    /// <inheritdoc/>
    public override string DefaultTitle => "Confusion matrix";

    /// <summary>The counts [truth, predicted], a square matrix.</summary>
    public int[,] Counts { get; }

    /// <summary>The name of each class.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The number of predictions.</summary>
    public long Total => Counts.Cast<int>().Sum(count => (long)count);

    /// <summary>The fraction of correct predictions; 0 for an empty matrix.</summary>
    public double Accuracy =>
        Total == 0 ? 0 : (double)Enumerable.Range(0, Labels.Count).Sum(c => (long)Counts[c, c]) / Total;

    /// <summary>Creates a plot from counts.</summary>
    /// <param name="counts">The counts [truth, predicted].</param>
    /// <param name="labels">The name of each class; null for numbers from 0.</param>
    /// <exception cref="OnnxDeepException">
    /// The matrix is empty or not square, a count is negative, or the number of labels does not match.
    /// </exception>
    public static ConfusionPlot Create(int[,] counts, IReadOnlyList<string>? labels)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int classes = counts.GetLength(0);
        ConfusionMatrix.CheckClasses(classes);
        if (classes == 0 || counts.GetLength(1) != classes || counts.Cast<int>().Any(count => count < 0))
        {
            throw Invalid(
                $"The matrix [{classes}, {counts.GetLength(1)}] is not a confusion matrix: "
                + "it must be square, without negative counts. "
                + "Use a row for each true class and a column for each predicted class.");
        }

        labels ??= [.. Enumerable.Range(0, classes).Select(c => $"{c}")];
        return labels.Count == classes ? new ConfusionPlot(counts, labels) : throw Invalid(
            $"{labels.Count} labels were given for {classes} classes. Use one label per class, in the matrix's order.");
    }

    /// <summary>Creates a plot from a confusion matrix.</summary>
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

    /// <summary>Creates a plot by counting pairs of classes.</summary>
    /// <param name="pairs">The true and the predicted class of each prediction.</param>
    /// <param name="labels">
    /// The classes in display order; null for all classes that occur, with numbers sorted by value and text by code
    /// point.
    /// </param>
    /// <exception cref="OnnxDeepException">There are no pairs, or a class is not among the labels.</exception>
    public static ConfusionPlot Create(
        IReadOnlyCollection<(string Truth, string Predicted)> pairs, IReadOnlyList<string>? labels = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0)
        {
            throw Invalid(
                "There are no predictions to count. Use a matrix, or objects with the properties Truth and Label.");
        }

        labels ??= LabelOrder.Sort(pairs.Select(pair => pair.Truth).Concat(pairs.Select(pair => pair.Predicted)));
        ConfusionMatrix.CheckClasses(labels.Count);
        int[,] counts = new int[labels.Count, labels.Count];
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < labels.Count; i++)
        {
            places.TryAdd(labels[i], i);
        }

        foreach ((string truth, string predicted) in pairs)
        {
            counts[Find(places, truth), Find(places, predicted)]++;
        }

        return new ConfusionPlot(counts, labels);
    }

    private static int Find(Dictionary<string, int> places, string label) => places.TryGetValue(label, out int place)
        ? place
        : throw Invalid(
            $"A prediction has the class '{label}', which is not among the labels {string.Join(", ", places.Keys)}. "
            + "Specify a label for every class, or no labels.");

    private static OnnxDeepException Invalid(string message) => new(ErrorIds.ConfusionInvalid, message);
}
