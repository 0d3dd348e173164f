using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Inference.Words;

/// <summary>A way from words to probabilities. Safe for any thread.</summary>
internal interface IWordScorer : IDisposable
{
    /// <summary>The probabilities of a word: one where there are two classes, else one for each.</summary>
    int Units { get; }

    /// <summary>How many words should go into a batch.</summary>
    int BatchSize { get; }

    /// <summary>Scores a batch.</summary>
    /// <param name="words">At least one.</param>
    /// <param name="probabilities">[words, units]; written, and without meaning where the word is unknown.</param>
    /// <param name="origins">One a word; written: what its probability was made of.</param>
    /// <param name="cancellationToken">Ends a long run.</param>
    void Score(
        IReadOnlyList<string> words,
        Memory<float> probabilities,
        Span<TermOrigin> origins,
        CancellationToken cancellationToken);
}
