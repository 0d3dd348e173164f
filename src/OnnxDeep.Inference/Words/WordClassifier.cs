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
/// Words → probabilities, with a model that takes the vectors of a table, or one that takes the words themselves: one
/// probability where there are two classes, else one for each. Safe for any thread.
/// </summary>
public sealed class WordClassifier : IDisposable
{
    private readonly IWordScorer _scorer;

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

    /// <summary>The model's file, as a full path.</summary>
    public string Path { get; }

    /// <summary>The model's name: its file's, without the extension.</summary>
    public string Name { get; }

    /// <summary>The execution provider that the model runs on, such as CPU.</summary>
    public string Provider { get; }

    /// <summary>
    /// How many words that come one by one should be classified together: 256 on the CPU, else what the device has room
    /// for.
    /// </summary>
    public int PreferredBatchSize { get; }

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The names of the classes, by number.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Whether the model tells two classes apart by one probability.</summary>
    public bool IsBinary => _scorer.Units == 1;

    /// <summary>Whether the model takes the words themselves and has no use for vectors.</summary>
    public bool TakesWords => _scorer is TextScorer;

    /// <summary>Opens a model and a table, shared with whoever else uses them.</summary>
    /// <param name="modelPath">
    /// An ONNX file with one float input [N, dimensions] and an output [N, units], or with an input <c>word</c> string
    /// [N] and the outputs of <see cref="WordModelExporter"/>.
    /// </param>
    /// <param name="tablePath">
    /// The vectors that the model was trained on; a model that takes words leaves them alone.
    /// </param>
    /// <param name="allowsOtherVectors">Whether other vectors of the same dimensions will do.</param>
    /// <param name="provider">Where the model runs; on the CPU where null.</param>
    /// <exception cref="ModelException">Model and table do not fit.</exception>
    /// <exception cref="FileFormatException">The model cannot be read.</exception>
    /// <exception cref="FileFormatException">The table cannot be read.</exception>
    public static WordClassifier Open(
        string modelPath, string tablePath, bool allowsOtherVectors = false, ExecutionProvider? provider = null)
    {
        // A fresh process spends most of its time here, in two libraries that do not wait for each other.
        Task<FileLease<OnnxSession>> opening = Task.Run(
            () => SharedFiles.RentSession(modelPath, provider ?? ExecutionProvider.Cpu));
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

    /// <summary>Opens a model that takes words, such as <see cref="WordModelExporter"/> writes.</summary>
    /// <param name="modelPath">An ONNX file with an input <c>word</c> string [N].</param>
    /// <param name="provider">Where the model runs; on the CPU where null.</param>
    /// <exception cref="ModelException">The model takes something else.</exception>
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
    /// <param name="threshold">From 0 to 1; the model's own if null. Used with two classes only.</param>
    /// <param name="cancellationToken">Stops a long run.</param>
    /// <returns>One answer for each word, in order.</returns>
    /// <exception cref="ModelException">The model's outputs are not probabilities.</exception>
    public ClassifiedWord[] Classify(
        IReadOnlyList<string> words, float? threshold = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (threshold is float given && !(given >= 0 && given <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(threshold), given, "A threshold is a probability, from 0 to 1.");
        }

        if (words.Count == 0)
        {
            return [];
        }

        int units = _scorer.Units;
        float least = threshold ?? Metadata.Threshold;
        using MemoryOwner<float> probabilities = MemoryOwner<float>.Allocate(words.Count * units);
        var origins = new TermOrigin[words.Count];
        _scorer.Score(words, probabilities.Memory, origins, cancellationToken);
        var answers = new ClassifiedWord[words.Count];
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = CreateAnswer(words[i], origins[i], probabilities.Span.Slice(i * units, units), least);
        }

        return answers;
    }

    /// <summary>Gives model and table back.</summary>
    public void Dispose() => _scorer.Dispose();

    private ClassifiedWord CreateAnswer(string word, TermOrigin origin, ReadOnlySpan<float> outputs, float threshold)
    {
        if (origin == TermOrigin.Unknown)
        {
            return new ClassifiedWord(word) { Model = Name, Provider = Provider };
        }

        Check(word, outputs);
        return new ClassifiedWord(word, Labels, Classes.FromOutputs(outputs, threshold), outputs)
        {
            IsKnown = origin == TermOrigin.Key,
            IsSubword = origin == TermOrigin.Subword,
            Model = Name,
            Provider = Provider,
        };
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
                        $"The model '{Path}' gives {output} for '{word}', which is not a probability. "
                        + $"Name a model whose output is from 0 to 1, such as one that ends in a sigmoid."));
            }
        }
    }
}
