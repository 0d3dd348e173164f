namespace OnnxDeep.Learning.Metrics;

/// <summary>
/// Predictions measured against the truth: the counts, the ratios and, where there are scores, the curves.
/// </summary>
public sealed class Classification
{
    private readonly ConfusionMatrix _matrix;

    /// <summary>Measures.</summary>
    /// <param name="labels">The classes in the order of the report.</param>
    /// <param name="truths">The class of each row, by its place among the labels.</param>
    /// <param name="predictions">The class that each row was taken for.</param>
    /// <exception cref="ArgumentException">There are no rows, or not as many predictions as truths.</exception>
    public Classification(IReadOnlyList<string> labels, IReadOnlyList<int> truths, IReadOnlyList<int> predictions)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(predictions);
        if (truths.Count == 0 || truths.Count != predictions.Count)
        {
            throw new ArgumentException(
                $"{predictions.Count} predictions and {truths.Count} truths were given; "
                + "there must be as many of each, at least one.",
                nameof(truths));
        }

        Labels = labels;
        _matrix = new ConfusionMatrix(labels.Count);
        for (int i = 0; i < truths.Count; i++)
        {
            _matrix.Add(truths[i], predictions[i]);
        }
    }

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The counts.</summary>
    public ConfusionMatrix Matrix => _matrix;

    /// <summary>The figures of each class, without scores.</summary>
    public IReadOnlyList<ClassMeasure> Classes => [.. Labels.Select((label, c) => _matrix.Measure(c, label))];

    /// <summary>scikit-learn's report.</summary>
    public string Report => ClassificationReport.Format(_matrix, Labels);

    /// <summary>What is undefined and counts as 0, a sentence each, as scikit-learn warns of it.</summary>
    public IEnumerable<string> GetUndefined()
    {
        string[] unpredicted = [.. Labels.Where((_, c) => !_matrix.IsPrecisionDefined(c))];
        if (unpredicted.Length > 0)
        {
            yield return "Precision is undefined and counts as 0, and F1 with it, for what nothing was taken for: "
                + Names(unpredicted) + ".";
        }

        string[] absent = [.. Labels.Where((_, c) => !_matrix.IsRecallDefined(c))];
        if (absent.Length > 0)
        {
            yield return "Recall is undefined and counts as 0, and F1 with it, for what no row truly is: "
                + Names(absent) + ".";
        }
    }

    private static string Names(string[] labels) => string.Join(", ", labels.Select(label => $"'{label}'"));
}
