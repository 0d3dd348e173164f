namespace OnnxDeep.Learning.Metrics;

/// <summary>
/// Compares predicted classes with the true ones: counts, ratios and report.
/// </summary>
internal sealed class Classification
{
    private readonly ConfusionMatrix _matrix;

    /// <summary>Counts the predictions.</summary>
    /// <param name="labels">The classes in the order of the report.</param>
    /// <param name="truths">The true class of each row, as an index into the labels.</param>
    /// <param name="predictions">The predicted class of each row.</param>
    /// <exception cref="ArgumentException">
    /// There are no rows, or the numbers of predictions and truths differ.
    /// </exception>
    public Classification(IReadOnlyList<string> labels, IReadOnlyList<int> truths, IReadOnlyList<int> predictions)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(predictions);
        if (truths.Count == 0 || truths.Count != predictions.Count)
        {
            throw new ArgumentException(
                $"{predictions.Count} predictions and {truths.Count} truths were given; "
                + "give the same number of each, at least one.",
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

    /// <summary>The measures of each class, without those that need scores.</summary>
    public IReadOnlyList<ClassMeasure> Classes => [.. Labels.Select((label, c) => _matrix.Measure(c, label))];

    /// <summary>scikit-learn's report.</summary>
    public string Report => ClassificationReport.Format(_matrix, Labels);

    /// <summary>Describes each undefined ratio that counts as 0, like the warnings of scikit-learn.</summary>
    public IEnumerable<string> GetUndefined()
    {
        string[] unpredicted = [.. Labels.Where((_, c) => !_matrix.IsPrecisionDefined(c))];
        if (unpredicted.Length > 0)
        {
            yield return "Precision is undefined and counts as 0, and so does F1, for labels that are never predicted: "
                + Names(unpredicted) + ".";
        }

        string[] absent = [.. Labels.Where((_, c) => !_matrix.IsRecallDefined(c))];
        if (absent.Length > 0)
        {
            yield return "Recall is undefined and counts as 0, and so does F1, for labels that no row has: "
                + Names(absent) + ".";
        }
    }

    private static string Names(string[] labels) => string.Join(", ", labels.Select(label => $"'{label}'"));
}
