using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Rows;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Inference.Words;

/// <summary>Scores words with a model that takes text and embeds its vocabulary.</summary>
internal sealed class TextScorer : IWordScorer
{
    // Spelling changes that a graph cannot make, in the order in which a vector table tries them.
    private static readonly Func<string, string>[] s_steps =
        [Term.Clean, Term.TrimPunctuation, Term.Separate, text => text.ToLowerInvariant()];

    private static readonly string[] s_outputs = [OnnxNames.Probability, OnnxNames.IsKnown];

    private readonly FileLease<OnnxSession> _session;
    private readonly Lazy<bool> _keepsRowsApart;

    /// <summary>Creates a scorer that owns the lease, unless the constructor throws.</summary>
    /// <exception cref="ModelException">
    /// The model does not take words or does not return probabilities for each of them.
    /// </exception>
    public TextScorer(FileLease<OnnxSession> session)
    {
        _session = session;
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
        _keepsRowsApart = new Lazy<bool>(() =>
        {
            var flow = RowFlow.Read(model.Path);
            return s_outputs.All(output => flow.Get(output).Kind == RowKind.Rows);
        });

        TensorDescription? Find(string name, Type type) =>
            model.Outputs.FirstOrDefault(output => output.Name == name && output.ElementType == type);
    }

    /// <inheritdoc/>
    public int Units { get; }

    /// <summary>The batch size of the CPU, which processes strings with any provider.</summary>
    public int BatchSize => ExecutionProvider.Cpu.GetBatchRows(1);

    /// <summary>Returns whether a model takes words.</summary>
    public static bool Takes(OnnxSession session) =>
        session.Inputs is [{ Name: OnnxNames.Word, Dimensions: [< 0] } input] && input.ElementType == typeof(string);

    /// <inheritdoc/>
    public void Score(
        IReadOnlyList<string> words,
        Memory<float> probabilities,
        Span<TermOrigin> origins,
        CancellationToken cancellationToken)
    {
        string[] spellings = [.. words];
        Score(spellings, [.. Enumerable.Range(0, words.Count)], probabilities.Span, origins, cancellationToken);
        foreach (Func<string, string> step in s_steps)
        {
            int[] changed = Rewrite(spellings, step, origins);
            if (changed.Length > 0)
            {
                Score(spellings, changed, probabilities.Span, origins, cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    // The unknown words that a step spells differently.
    private static int[] Rewrite(string[] spellings, Func<string, string> step, ReadOnlySpan<TermOrigin> origins)
    {
        var changed = new List<int>();
        for (int i = 0; i < spellings.Length; i++)
        {
            if (origins[i] == TermOrigin.Unknown && step(spellings[i]) is string spelling && spelling != spellings[i])
            {
                spellings[i] = spelling;
                changed.Add(i);
            }
        }

        return [.. changed];
    }

    private void Score(
        string[] words,
        int[] places,
        Span<float> probabilities,
        Span<TermOrigin> origins,
        CancellationToken cancellationToken)
    {
        if (places.Length > 1 && !_keepsRowsApart.Value)
        {
            foreach (int place in places)
            {
                Score(words, [place], probabilities, origins, cancellationToken);
            }

            return;
        }

        using SessionOutputs outputs = _session.Value.Run(
            OnnxNames.Word, [.. places.Select(place => words[place])], s_outputs, cancellationToken);
        ReadOnlySpan<float> scores = outputs.GetFloats(OnnxNames.Probability);
        ReadOnlySpan<bool> isKnown = outputs.GetBooleans(OnnxNames.IsKnown);
        for (int i = 0; i < places.Length; i++)
        {
            scores.Slice(i * Units, Units).CopyTo(probabilities[(places[i] * Units)..]);
            origins[places[i]] = isKnown[i] ? TermOrigin.Key : TermOrigin.Unknown;
        }
    }
}
