using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Collects words with their labels and turns them into examples; every word that is left out is reported.
/// </summary>
/// <param name="vectorizer">Looks up the vectors of the words.</param>
public sealed class LabelledWords(TermVectorizer vectorizer)
{
    private readonly List<(string Word, string Label)> _words = [];
    private readonly List<(string Word, string Label)> _testWords = [];
    private readonly List<SkippedExample> _skipped = [];

    /// <summary>Adds a word; text that is not a word or has no label is left out.</summary>
    /// <param name="word">The word.</param>
    /// <param name="label">Its class.</param>
    /// <param name="isTest">Whether the word is for testing alone.</param>
    public void Add(string? word, string? label, bool isTest = false)
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
            (isTest ? _testWords : _words).Add((word!, label));
        }
    }

    /// <summary>Looks up the words.</summary>
    /// <param name="order">The order of the labels; null to sort them.</param>
    /// <exception cref="OnnxDeepException">Too few words or classes remain.</exception>
    public LabelledExamples Build(IReadOnlyList<string>? order = null)
    {
        int count = _words.Count + _testWords.Count + _skipped.Count;
        var rows = new List<(string, string, float[])>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        AddRows(_words, known, rows);
        int own = rows.Count;
        AddRows(_testWords, known, rows);
        return own > 0
            ? LabelledExamples.Create(rows, _skipped, order, testRows: rows.Count - own)
            : throw new OnnxDeepException(
                ErrorIds.NoKnownWord,
                FormattableString.Invariant($"No word of {count:N0} has a vector in '{vectorizer.Table.Name}'. ")
                + "Use vectors for their language.");
    }

    private void AddRows(
        List<(string Word, string Label)> words, HashSet<string> known, List<(string, string, float[])> rows)
    {
        IEnumerable<IGrouping<string, (string Word, string Label)>> groups =
            words.GroupBy(item => Fold(item.Word), StringComparer.Ordinal);
        foreach (IGrouping<string, (string Word, string Label)> same in groups)
        {
            (string word, string label) = same.First();
            string[] labels = [.. same.Select(item => item.Label).Distinct(StringComparer.Ordinal)];
            bool isNew = known.Add(same.Key);
            if (isNew && labels.Length > 1)
            {
                _skipped.Add(new SkippedExample(
                    word,
                    string.Join(", ", labels),
                    SkipReason.SeveralLabels,
                    $"It has {labels.Length} different labels."));
                continue;
            }

            // A test word that was trained on would be easy.
            foreach ((string again, string itsLabel) in same.Skip(isNew ? 1 : 0))
            {
                _skipped.Add(new SkippedExample(again, itsLabel, SkipReason.Duplicate, "It is already in the list."));
            }

            float[] vector = new float[vectorizer.Table.Dimensions];
            if (isNew && vectorizer.TryGetVector(word, vector))
            {
                rows.Add((word, label, vector));
            }
            else if (isNew)
            {
                _skipped.Add(new SkippedExample(
                    word, label, SkipReason.Unknown, $"It has no vector in '{vectorizer.Table.Name}'."));
            }
        }
    }

    // Folded as in the lookup, so two spellings of one word are one example.
    private string Fold(string word)
    {
        vectorizer.TryGetRow(word, out _, out string? folded);
        return Term.TrimPunctuation(Term.Clean(folded ?? word)).ToLowerInvariant();
    }
}
