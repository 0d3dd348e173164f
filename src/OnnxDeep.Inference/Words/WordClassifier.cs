using System.Globalization;
using CommunityToolkit.HighPerformance.Buffers;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.IO;
using OnnxDeep.Learning.Data;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Words;

/// <summary>
/// Classifies words with a model that takes the vectors of a table or the words themselves. Returns one probability if
/// there are two classes, otherwise one for each class. Thread-safe.
/// </summary>
public sealed class WordClassifier : IDisposable
{
    private readonly IWordScorer _scorer;
    private SpellingSuggester? _suggester;

    private WordClassifier(IWordScorer scorer, OnnxSession session)
    {
        _scorer = scorer;
        Path = session.Path;
        Provider = session.Provider.Name;
        PreferredBatchSize = scorer.BatchSize;
        Name = System.IO.Path.GetFileNameWithoutExtension(session.Path);
        Metadata = ModelMetadata.FromProperties(session.GetProperties());
        Labels = Metadata.GetLabels(scorer.Units);
    }

    /// <summary>The full path of the model.</summary>
    public string Path { get; }

    /// <summary>The name of the model: its file name without the extension.</summary>
    public string Name { get; }

    /// <summary>The execution provider that the model runs on, such as CPU.</summary>
    public string Provider { get; }

    /// <summary>
    /// How many single words should be classified together: 256 on the CPU, otherwise a batch that fits the device's
    /// memory.
    /// </summary>
    public int PreferredBatchSize { get; }

    /// <summary>The metadata of the model.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The names of the classes, by index.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Whether the model distinguishes two classes with one probability.</summary>
    public bool IsBinary => _scorer.Units == 1;

    /// <summary>Whether the model takes the words themselves and does not use vectors.</summary>
    public bool TakesWords => _scorer is TextScorer;

    /// <summary>Opens a model and a table, which are shared with other users in this process.</summary>
    /// <param name="modelPath">
    /// An ONNX file with one float input [N, dimensions] and an output [N, units], or with a string input <c>word</c>
    /// [N] and the outputs of <see cref="WordModelExporter"/>.
    /// </param>
    /// <param name="tablePath">
    /// The vectors that the model was trained on; a model that takes words ignores them.
    /// </param>
    /// <param name="allowsOtherVectors">Whether to accept other vectors with the same dimensions.</param>
    /// <param name="provider">The execution provider; null for the CPU.</param>
    /// <exception cref="ModelException">The model and the table are incompatible.</exception>
    /// <exception cref="FileFormatException">The model cannot be read.</exception>
    /// <exception cref="FileFormatException">The table cannot be read.</exception>
    public static WordClassifier Open(
        string modelPath, string tablePath, bool allowsOtherVectors = false, ExecutionProvider? provider = null) =>
        Open(modelPath, tablePath, allowsOtherVectors, provider, CancellationToken.None);

    /// <summary>Opens a model and a table, unless the token is cancelled first.</summary>
    /// <inheritdoc cref="Open(string, string, bool, ExecutionProvider?)"/>
    internal static WordClassifier Open(
        string modelPath,
        string tablePath,
        bool allowsOtherVectors,
        ExecutionProvider? provider,
        CancellationToken cancellationToken)
    {
        // A new process spends most of its time here, loading two libraries that are independent of each other.
        Task<FileLease<OnnxSession>> opening = Task.Run(
            () => SharedFiles.RentSession(modelPath, provider ?? ExecutionProvider.Cpu, cancellationToken),
            CancellationToken.None);
        FileLease<WordVectorTable>? table = null;
        FileLease<OnnxSession>? session = null;
        try
        {
            table = SharedFiles.RentTable(tablePath);
            session = opening.GetAwaiter().GetResult();
            if (TextScorer.Takes(session.Value))
            {
                table.Dispose();
                return new WordClassifier(new TextScorer(session), session.Value);
            }

            return new WordClassifier(new VectorScorer(session, table, allowsOtherVectors), session.Value);
        }
        catch
        {
            table?.Dispose();
            session ??= opening
                .ContinueWith(task => task.IsCompletedSuccessfully ? task.Result : null, TaskScheduler.Default)
                .GetAwaiter()
                .GetResult();
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Opens a model that takes words, such as one that <see cref="WordModelExporter"/> wrote.</summary>
    /// <param name="modelPath">An ONNX file with a string input <c>word</c> [N].</param>
    /// <param name="provider">The execution provider; null for the CPU.</param>
    /// <exception cref="ModelException">The model does not take words.</exception>
    /// <exception cref="FileFormatException">The model cannot be read.</exception>
    public static WordClassifier Open(string modelPath, ExecutionProvider? provider = null)
    {
        FileLease<OnnxSession> session = SharedFiles.RentSession(modelPath, provider ?? ExecutionProvider.Cpu);
        try
        {
            return new WordClassifier(new TextScorer(session), session.Value);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Classifies a batch in one run.</summary>
    /// <param name="words">Terms that <see cref="Term.Check"/> accepts.</param>
    /// <param name="threshold">A value from 0 to 1; null for the model's own. Used only with two classes.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>One result for each word, in order.</returns>
    /// <exception cref="ModelException">The model's outputs are not probabilities.</exception>
    public ClassifiedWord[] Classify(
        IReadOnlyList<string> words, float? threshold = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (threshold is float given && !(given >= 0 && given <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(threshold), given, "A threshold is a probability from 0 to 1.");
        }

        if (words.Count == 0)
        {
            return [];
        }

        int units = _scorer.Units;
        float least = threshold ?? Metadata.Threshold;
        using MemoryOwner<float> probabilities = MemoryOwner<float>.Allocate(words.Count * units);
        var matches = new TermMatch[words.Count];
        _scorer.Score(words, probabilities.Memory, matches, cancellationToken);
        var answers = new ClassifiedWord[words.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = CreateAnswer(words[i], matches[i], probabilities.Span.Slice(i * units, units), least);
        }

        return answers;
    }

    /// <summary>
    /// Adds known words that are spelt like the unknown ones to the answers, from now on. Call it before the first run.
    /// </summary>
    public void SuggestSpellings() => _suggester ??= new SpellingSuggester(_scorer.ReadKeys());

    /// <summary>Releases the model and the table.</summary>
    public void Dispose() => _scorer.Dispose();

    private ClassifiedWord CreateAnswer(
        string word, TermMatch match, ReadOnlySpan<float> outputs, float threshold)
    {
        if (match.Origin == TermOrigin.Unknown)
        {
            return new ClassifiedWord(word)
            {
                Words = match.Words,
                Suggestions = Suggest(word, match.Words),
                Model = Name,
                Provider = Provider,
            };
        }

        Check(word, outputs);
        return new ClassifiedWord(word, Labels, Classes.FromOutputs(outputs, threshold), outputs)
        {
            IsKnown = match.Origin == TermOrigin.Key,
            IsSubword = match.Origin == TermOrigin.Subword,
            FoldedWord = match.Folded,
            Words = match.Words,
            Suggestions = match.Words is null ? [] : Suggest(word, match.Words),
            Model = Name,
            Provider = Provider,
        };
    }

    private IReadOnlyList<string> Suggest(string word, TermWords? words)
    {
        if (_suggester is not SpellingSuggester suggester)
        {
            return [];
        }

        lock (suggester)
        {
            return [.. (words?.Unknown ?? [word]).SelectMany(suggester.Suggest).Distinct()];
        }
    }

    private void Check(string word, ReadOnlySpan<float> outputs)
    {
        foreach (float output in outputs)
        {
            if (!(output >= 0 && output <= 1))
            {
                throw new ModelException(
                    ErrorIds.ModelOutputMismatch,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The model '{Path}' returns {output} for '{word}', which is not a probability. "
                        + $"Use a model with outputs from 0 to 1, such as one that ends in a sigmoid."));
            }
        }
    }
}
