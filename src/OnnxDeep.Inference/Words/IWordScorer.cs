using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Inference.Words;

/// <summary>Computes probabilities for words. Thread-safe.</summary>
internal interface IWordScorer : IDisposable
{
    /// <summary>
    /// The number of probabilities for a word: one if there are two classes, otherwise one for each class.
    /// </summary>
    int Units { get; }

    /// <summary>The preferred number of words in a batch.</summary>
    int BatchSize { get; }

    /// <summary>Reads the words that are known, most common first.</summary>
    IEnumerable<string> ReadKeys();

    /// <summary>Scores a batch.</summary>
    /// <param name="words">The words, at least one.</param>
    /// <param name="probabilities">
    /// Receives the probabilities [words, units]; those of unknown words are undefined.
    /// </param>
    /// <param name="matches">
    /// Receives the origin of each word's probabilities, the spelling that was found if it was only found folded, and
    /// the words of a term.
    /// </param>
    /// <param name="cancellationToken">Cancels the run.</param>
    void Score(
        IReadOnlyList<string> words,
        Memory<float> probabilities,
        Span<TermMatch> matches,
        CancellationToken cancellationToken);
}
