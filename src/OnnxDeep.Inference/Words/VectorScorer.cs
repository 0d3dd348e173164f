using CommunityToolkit.HighPerformance.Buffers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Inference.Words;

/// <summary>Scores words with the vectors of a table and a model that takes vectors.</summary>
internal sealed class VectorScorer : IWordScorer
{
    private readonly FileLease<OnnxSession> _session;
    private readonly FileLease<WordVectorTable> _table;
    private readonly TermVectorizer _vectorizer;
    private readonly string _input;
    private readonly string _output;

    /// <summary>Creates a scorer that owns both leases, unless the constructor throws.</summary>
    /// <exception cref="ModelException">The model and the table are incompatible.</exception>
    public VectorScorer(FileLease<OnnxSession> session, FileLease<WordVectorTable> table, bool allowsOtherVectors)
    {
        _session = session;
        _table = table;
        _vectorizer = new TermVectorizer(table.Value);
        VectorStore.CheckMatch(
            ModelMetadata.FromProperties(session.Value.GetProperties()),
            session.Value.Path,
            table.Value,
            allowsOtherVectors);
        _input = FindInput(session.Value, table.Value);
        (_output, Units) = FindOutput(session.Value);
    }

    /// <inheritdoc/>
    public int Units { get; }

    /// <inheritdoc/>
    public int BatchSize => _session.Value.Provider.GetBatchRows(_table.Value.Dimensions * sizeof(float));

    /// <inheritdoc/>
    public IEnumerable<string> ReadKeys() =>
        Enumerable.Range(0, _table.Value.KeyCount).Select(_table.Value.GetKey);

    /// <inheritdoc/>
    public void Score(
        IReadOnlyList<string> words,
        Memory<float> probabilities,
        Span<TermMatch> matches,
        CancellationToken cancellationToken)
    {
        int dimensions = _table.Value.Dimensions;
        using MemoryOwner<float> features = MemoryOwner<float>.Allocate(words.Count * dimensions);
        for (int i = 0; i < words.Count; i++)
        {
            Span<float> vector = features.Span.Slice(i * dimensions, dimensions);
            matches[i] = _vectorizer.Match(words[i], vector);
        }

        int together = _session.Value.RunsTogether(words.Count, _output) ? words.Count : 1;
        for (int i = 0; i < words.Count; i += together)
        {
            _session.Value.Run(
                _input,
                features.Memory.Slice(i * dimensions, together * dimensions),
                _output,
                probabilities.Slice(i * Units, together * Units),
                together,
                cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _table.Dispose();
    }

    private static string FindInput(OnnxSession session, WordVectorTable table)
    {
        if (session.Inputs is [{ Dimensions: [< 0, var columns] } input]
            && input.ElementType == typeof(float)
            && (columns < 0 || columns == table.Dimensions))
        {
            return input.Name;
        }

        throw new ModelException(
            ErrorIds.ModelInputMismatch,
            $"The model '{session.Path}' takes {string.Join("; ", session.Inputs)}, but the word vectors "
            + $"'{table.Name}' are Single [N, {table.Dimensions}]. Use a model that was trained on these vectors.");
    }

    private static (string Name, int Units) FindOutput(OnnxSession session)
    {
        foreach (TensorDescription output in session.Outputs)
        {
            if (output.ElementType == typeof(float) && output.Dimensions is [_, > 0 and var units])
            {
                return (output.Name, units);
            }
        }

        throw new ModelException(
            ErrorIds.ModelOutputMismatch,
            $"The model '{session.Path}' returns {string.Join("; ", session.Outputs)}, but a word classifier returns "
            + "Single [N, 1] for two classes, or [N, classes]. Use a word classifier.");
    }
}
