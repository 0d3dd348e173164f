using OnnxDeep.Learning.Data;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Collects words with their labels and turns them into examples; every word that is left out is reported.
/// </summary>
/// <param name="vectorizer">Looks up the vectors of the words.</param>
public sealed class LabelledWords(TermVectorizer vectorizer)
{
    private readonly List<(string Word, string Label)> _words = [];
    private readonly List<SkippedExample> _skipped = [];

    /// <summary>Adds a word; text that is not a word or has no label is left out.</summary>
    public void Add(string? word, string? label)
    {
        if (Term.Check(word) is OnnxDeepException problem)
        {
            _skipped.Add(new SkippedExample(
                word ?? string.Empty, label ?? string.Empty, SkipReason.Invalid, problem.Message));
        }
        else if (string.IsNullOrWhiteSpace(label))
        {
            _skipped.Add(new SkippedExample(word!, string.Empty, SkipReason.NoLabel, "It has no label."));
        }
        else
        {
            _words.Add((word!, label));
        }
    }

    /// <summary>Looks up the words.</summary>
    /// <param name="order">The order of the labels; null to sort them.</param>
    /// <exception cref="OnnxDeepException">Too few words or classes remain.</exception>
    public LabelledExamples Build(IReadOnlyList<string>? order = null)
    {
        int count = _words.Count + _skipped.Count;
        var rows = new List<(string, string, float[])>();
        IEnumerable<IGrouping<string, (string Word, string Label)>> groups =
            _words.GroupBy(item => Fold(item.Word), StringComparer.Ordinal);
        foreach (IGrouping<string, (string Word, string Label)> same in groups)
        {
            (string word, string label) = same.First();
            string[] labels = [.. same.Select(item => item.Label).Distinct(StringComparer.Ordinal)];
            if (labels.Length > 1)
            {
                _skipped.Add(new SkippedExample(
                    word,
                    string.Join(", ", labels),
                    SkipReason.SeveralLabels,
                    $"It has {labels.Length} different labels."));
                continue;
            }

            foreach ((string again, _) in same.Skip(1))
            {
                _skipped.Add(new SkippedExample(again, label, SkipReason.Duplicate, "It is already in the list."));
            }

            float[] vector = new float[vectorizer.Table.Dimensions];
            if (vectorizer.TryGetVector(word, vector))
            {
                rows.Add((word, label, vector));
            }
            else
            {
                _skipped.Add(new SkippedExample(
                    word, label, SkipReason.Unknown, $"It has no vector in '{vectorizer.Table.Name}'."));
            }
        }

        return rows.Count > 0 ? LabelledExamples.Create(rows, _skipped, order) : throw new OnnxDeepException(
            ErrorIds.NoKnownWord,
            FormattableString.Invariant($"No word of {count:N0} has a vector in '{vectorizer.Table.Name}'. ")
            + "Use vectors for their language.");
    }

    // Folded as in the lookup, so two spellings of one word are one example.
    private string Fold(string word)
    {
        vectorizer.TryGetRow(word, out _, out string? folded);
        return Term.TrimPunctuation(Term.Clean(folded ?? word)).ToLowerInvariant();
    }
}
