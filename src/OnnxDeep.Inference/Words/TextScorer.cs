using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Inference.Words;

/// <summary>Scores words with a model that takes text and embeds its vocabulary.</summary>
internal sealed class TextScorer : IWordScorer
{
    private const int MostWords = 2048;

    private static readonly string[] s_outputs = [OnnxNames.Probability, OnnxNames.IsKnown];

    private readonly FileLease<OnnxSession> _session;
    private readonly Lazy<TermMeans?> _means;

    /// <summary>Creates a scorer that owns the lease, unless the constructor throws.</summary>
    /// <exception cref="ModelException">
    /// The model does not take words or does not return probabilities for each of them.
    /// </exception>
    public TextScorer(FileLease<OnnxSession> session)
    {
        _session = session;
        _means = new Lazy<TermMeans?>(() => TermMeans.Open(session.Value));
        OnnxSession model = session.Value;
        if (!Takes(model))
        {
            throw new ModelException(
                ErrorIds.ModelInputMismatch,
                $"The model '{model.Path}' takes {string.Join("; ", model.Inputs)} instead of "
                + $"'{OnnxNames.Word}: String [N]'. Open it together with its word vectors, or export it as a "
                + "model that takes words.")
            {
                Context = ErrorContext.Words,
            };
        }

        TensorDescription? probability = Find(OnnxNames.Probability, typeof(float));
        if (probability is not { Dimensions: [_, > 0 and var units] }
            || Find(OnnxNames.IsKnown, typeof(bool)) is not { Dimensions: [_] })
        {
            throw new ModelException(
                ErrorIds.ModelOutputMismatch,
                $"The model '{model.Path}' returns {string.Join("; ", model.Outputs)}, but a word classifier returns "
                + $"'{OnnxNames.Probability}: Single [N, units]' and '{OnnxNames.IsKnown}: Boolean [N]'. "
                + "Use a word classifier.");
        }

        Units = units;

        TensorDescription? Find(string name, Type type) =>
            model.Outputs.FirstOrDefault(output => output.Name == name && output.ElementType == type);
    }

    /// <inheritdoc/>
    public int Units { get; }

    /// <summary>
    /// The batch size of the CPU, which processes strings with any provider; the lists for it are small objects.
    /// </summary>
    public int BatchSize => Math.Min(MostWords, ExecutionProvider.Cpu.GetBatchRows(1));

    /// <summary>Returns whether a model takes words.</summary>
    public static bool Takes(OnnxSession session) =>
        session.Inputs is [{ Name: OnnxNames.Word, Dimensions: [< 0] } input] && input.ElementType == typeof(string);

    /// <inheritdoc/>
    public IEnumerable<string> ReadKeys() => OnnxModelFile.Load(_session.Value.Path).ReadKeys();

    /// <inheritdoc/>
    public void Score(
        IReadOnlyList<string> words,
        Memory<float> probabilities,
        Span<TermMatch> matches,
        CancellationToken cancellationToken)
    {
        Found[] found = Find(words, probabilities.Span, cancellationToken);
        for (int i = 0; i < found.Length; i++)
        {
            matches[i] = new TermMatch(found[i].IsKnown ? TermOrigin.Key : TermOrigin.Unknown, found[i].Folded);
        }

        var terms = new List<(int Place, string[] Words)>();
        for (int i = 0; i < found.Length; i++)
        {
            if (!found[i].IsKnown && Term.GetWords(words[i]) is { Length: > 1 } parts)
            {
                terms.Add((i, parts));
            }
        }

        if (terms.Count > 0)
        {
            ScoreTerms(terms, probabilities.Span, matches, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        if (_means.IsValueCreated)
        {
            _means.Value?.Dispose();
        }
    }

    // The first call loads the model a second time.
    private TermMeans? OpenMeans(CancellationToken cancellationToken) => _means.IsValueCreated
        ? _means.Value
        : Interruptible.Run(() => _means.Value, _ => { }, cancellationToken);

    // Scores terms that are not known as a whole by the mean of their words, of which unknown ones count as zeros.
    private void ScoreTerms(
        List<(int Place, string[] Words)> terms,
        Span<float> probabilities,
        Span<TermMatch> matches,
        CancellationToken cancellationToken)
    {
        string[] words = [.. terms.SelectMany(term => term.Words).Distinct(StringComparer.Ordinal)];
        Found[] found = Find(words, new float[words.Length * Units], cancellationToken);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < words.Length; i++)
        {
            places[words[i]] = i;
        }

        foreach ((int place, string[] parts) in terms)
        {
            matches[place] = matches[place] with
            {
                Words = new TermWords(parts, Array.ConvertAll(parts, part => found[places[part]].IsKnown)),
            };
        }

        terms.RemoveAll(term => !Array.Exists(term.Words, word => found[places[word]].IsKnown));
        if (terms.Count == 0
            || !_session.Value.KeepsRowsApart(s_outputs)
            || OpenMeans(cancellationToken) is not TermMeans means)
        {
            return;
        }

        float[] rows = means.GetRows([.. found.Select(word => word.Text)], cancellationToken);
        float[] sums = means.CreateMeans(terms.Count);
        string[] known = new string[terms.Count];
        for (int term = 0; term < terms.Count; term++)
        {
            (int place, string[] parts) = terms[term];
            Found[] spelled = [.. parts.Select(part => found[places[part]])];
            foreach (string part in parts)
            {
                means.Add(rows, places[part], sums, term, parts.Length);
            }

            known[term] = Array.Find(spelled, part => part.IsKnown).Text;
            matches[place] = new TermMatch(
                TermOrigin.Key,
                TermMatch.JoinFolded(parts, Array.ConvertAll(spelled, part => part.Folded)),
                matches[place].Words);
        }

        float[] scores = means.Classify(known, sums, cancellationToken);
        for (int term = 0; term < terms.Count; term++)
        {
            scores.AsSpan(term * Units, Units).CopyTo(probabilities[(terms[term].Place * Units)..]);
        }
    }

    // Looks up each word as a whole. A graph cannot spell those that are not found differently, so other spellings are
    // tried in the order of a vector table.
    private Found[] Find(IReadOnlyList<string> words, Span<float> probabilities, CancellationToken cancellationToken)
    {
        var found = new Found[words.Count];
        var written = new List<(int Place, string Text, string? Folded)>(words.Count);
        for (int i = 0; i < found.Length; i++)
        {
            found[i] = new Found(words[i], false, null);
            written.Add((i, words[i], null));
        }

        Run(written, found, probabilities, cancellationToken);
        var spellings = new Dictionary<int, IEnumerator<(string Text, string? Folded)>>();
        for (int i = 0; i < found.Length; i++)
        {
            if (!found[i].IsKnown)
            {
                spellings[i] = Term.GetSpellings(words[i]).GetEnumerator();
            }
        }

        while (spellings.Count > 0)
        {
            var next = new List<(int Place, string Text, string? Folded)>();
            foreach ((int place, IEnumerator<(string Text, string? Folded)> others) in spellings.ToArray())
            {
                if (found[place].IsKnown || !others.MoveNext())
                {
                    spellings.Remove(place);
                }
                else if (others.Current.Text != words[place])
                {
                    next.Add((place, others.Current.Text, others.Current.Folded));
                }
            }

            Run(next, found, probabilities, cancellationToken);
        }

        return found;
    }

    private void Run(
        List<(int Place, string Text, string? Folded)> spellings,
        Found[] found,
        Span<float> probabilities,
        CancellationToken cancellationToken)
    {
        if (spellings.Count > 1 && !_session.Value.RunsTogether(spellings.Count, s_outputs))
        {
            foreach ((int, string, string?) spelling in spellings)
            {
                Run([spelling], found, probabilities, cancellationToken);
            }

            return;
        }

        if (spellings.Count == 0)
        {
            return;
        }

        using SessionOutputs outputs = _session.Value.Run(
            OnnxNames.Word, [.. spellings.Select(spelling => spelling.Text)], s_outputs, cancellationToken);
        ReadOnlySpan<float> scores = outputs.GetFloats(OnnxNames.Probability);
        ReadOnlySpan<bool> isKnown = outputs.GetBooleans(OnnxNames.IsKnown);
        for (int i = 0; i < spellings.Count; i++)
        {
            (int place, string text, string? folded) = spellings[i];
            if (isKnown[i])
            {
                scores.Slice(i * Units, Units).CopyTo(probabilities[(place * Units)..]);
                found[place] = new Found(text, true, folded);
            }
        }
    }

    // The spelling that the model knows; for an unknown word, the word itself.
    private readonly record struct Found(string Text, bool IsKnown, string? Folded);
}
