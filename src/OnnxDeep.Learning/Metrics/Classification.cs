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
        if (Find(c => _matrix.IsRecallDefined(c) && !_matrix.IsPrecisionDefined(c)) is string unpredicted)
        {
            yield return "Precision is undefined and counts as 0, and so does F1, for labels that are never predicted: "
                + unpredicted + ".";
        }

        if (Find(c => !_matrix.IsRecallDefined(c) && _matrix.IsPrecisionDefined(c)) is string absent)
        {
            yield return "Recall is undefined and counts as 0, and so does F1, for labels that no row has: "
                + absent + ".";
        }

        // Classes of other rows, such as those that a subset lacks.
        if (Find(c => !_matrix.IsMet(c)) is string unmet)
        {
            yield return "Precision, recall and F1 are undefined and count as 0 for labels that no row has and that "
                + $"are never predicted: {unmet}.";
        }
    }

    // The names of some labels; null if there are none.
    private string? Find(Func<int, bool> isMeant)
    {
        string[] names = [.. Labels.Where((_, c) => isMeant(c)).Select(label => $"'{label}'")];
        return names.Length == 0 ? null : string.Join(", ", names);
    }
}
