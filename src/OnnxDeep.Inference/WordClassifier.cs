using System.Globalization;

using CommunityToolkit.HighPerformance.Buffers;

using OnnxDeep.Data;
using OnnxDeep.IO;
using OnnxDeep.Onnx;
using OnnxDeep.WordVectors;

namespace OnnxDeep.Inference;

/// <summary>Words → vectors → probabilities, with a model of one output. Safe for any thread.</summary>
public sealed class WordClassifier : IDisposable
{
    private readonly FileLease<OnnxSession> _session;
    private readonly FileLease<WordVectorTable> _table;
    private readonly TermVectorizer _vectorizer;
    private readonly string _input;
    private readonly string _output;

    private WordClassifier(FileLease<OnnxSession> session, FileLease<WordVectorTable> table, bool allowsOtherVectors)
    {
        _session = session;
        _table = table;
        _vectorizer = new TermVectorizer(table.Value);
        Name = Path.GetFileNameWithoutExtension(session.Value.Path);
        Metadata = ModelMetadata.FromProperties(session.Value.GetProperties());
        if (!allowsOtherVectors)
        {
            CheckVectors(Metadata, session.Value, table.Value);
        }

        _input = FindInput(session.Value, table.Value);
        _output = FindOutput(session.Value);
        Labels = Metadata.Labels.Count == 2 ? Metadata.Labels : FoodWords.Labels;
    }

    /// <summary>The model's name: its file's, without the extension.</summary>
    public string Name { get; }

    /// <summary>What the model says of itself.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The names of class 0 and class 1.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Opens a model and a table, shared with whoever else uses them.</summary>
    /// <param name="modelPath">An ONNX file with one float input [N, dimensions] and one output a row.</param>
    /// <param name="tablePath">The vectors that the model was trained on.</param>
    /// <param name="allowsOtherVectors">Whether other vectors of the same dimensions will do.</param>
    /// <exception cref="ModelException">Model and table do not fit.</exception>
    /// <exception cref="ModelFormatException">The model cannot be read.</exception>
    /// <exception cref="WordVectorFormatException">The table cannot be read.</exception>
    public static WordClassifier Open(string modelPath, string tablePath, bool allowsOtherVectors = false)
    {
        // A fresh process spends most of its time here, in two libraries that do not wait for each other.
        Task<FileLease<OnnxSession>> opening = Task.Run(
            () => SharedFiles.RentSession(modelPath, ExecutionProvider.Cpu));
        FileLease<WordVectorTable>? table = null;
        FileLease<OnnxSession>? session = null;
        try
        {
            table = SharedFiles.RentTable(tablePath);
            session = opening.GetAwaiter().GetResult();
            return new WordClassifier(session, table, allowsOtherVectors);
        }
        catch
        {
            table?.Dispose();
            session ??= opening.ContinueWith(
                task => task.IsCompletedSuccessfully ? task.Result : null, TaskScheduler.Default).GetAwaiter().GetResult();
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Classifies a batch in one run of the model.</summary>
    /// <param name="words">Terms that <see cref="Term.Check"/> lets pass.</param>
    /// <param name="threshold">From 0 to 1; the model's own where null.</param>
    /// <param name="cancellationToken">Ends a long run.</param>
    /// <returns>One prediction a word, in order.</returns>
    public WordPrediction[] Classify(
        IReadOnlyList<string> words, float? threshold = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (threshold is float given && !(given >= 0 && given <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), given, "A threshold is a probability, from 0 to 1.");
        }

        if (words.Count == 0)
        {
            return [];
        }

        int dimensions = _table.Value.Dimensions;
        using MemoryOwner<float> features = MemoryOwner<float>.Allocate(words.Count * dimensions);
        using MemoryOwner<float> probabilities = MemoryOwner<float>.Allocate(words.Count);
        var origins = new TermOrigin[words.Count];
        int rows = 0;
        foreach (string word in words)
        {
            origins[rows] = _vectorizer.GetVector(word, features.Span.Slice(rows * dimensions, dimensions));
            rows++;
        }

        _session.Value.Run(_input, features.Memory, _output, probabilities.Memory, rows, cancellationToken);
        var predictions = new WordPrediction[words.Count];
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = origins[i] != TermOrigin.Unknown
                ? Predict(words[i], origins[i], probabilities.Span[i], threshold ?? Metadata.Threshold)
                : new WordPrediction(words[i], WordPrediction.UnknownLabel, null, null, false, Name);
        }

        return predictions;
    }

    /// <summary>Gives model and table back.</summary>
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
            ModelException.InputMismatch,
            $"The model '{session.Path}' takes {string.Join("; ", session.Inputs)}, but the word vectors "
            + $"'{table.Name}' give Single [N, {table.Dimensions}]. Name a model that was trained on these vectors.");
    }

    private static string FindOutput(OnnxSession session)
    {
        foreach (TensorDescription output in session.Outputs)
        {
            if (output.ElementType == typeof(float) && output.Dimensions is [_, 1])
            {
                return output.Name;
            }
        }

        throw new ModelException(
            ModelException.OutputMismatch,
            $"The model '{session.Path}' gives {string.Join("; ", session.Outputs)}; a yes-or-no classifier of words "
            + "gives Single [N, 1]. Name such a model.");
    }

    private static void CheckVectors(ModelMetadata metadata, OnnxSession session, WordVectorTable table)
    {
        if (metadata.VectorsContentSha256 is { Length: > 0 } trained
            && table.ContentSha256.Length > 0
            && !trained.Equals(table.ContentSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelException(
                ModelException.VectorsMismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model '{session.Path}' was trained on the word vectors '{metadata.VectorsName}' "
                    + $"({Short(trained)}…), not on '{table.Name}' ({Short(table.ContentSha256)}…) of '{table.Path}'. "
                    + $"Name the vectors that it was trained on with -Vectors, or use these all the same with -Force."));
        }
    }

    private static string Short(string sha256) => sha256.Length > 8 ? sha256[..8] : sha256;

    private WordPrediction Predict(string word, TermOrigin origin, float probability, float threshold)
    {
        if (!(probability >= 0 && probability <= 1))
        {
            throw new ModelException(
                ModelException.OutputMismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The model '{_session.Value.Path}' gives {probability} for '{word}', which is no probability. "
                    + $"Name a model whose output lies from 0 to 1, such as one that ends in a sigmoid."));
        }

        bool isFood = Classes.FromOutputs([probability], threshold) == 1;
        return new WordPrediction(word, Labels[isFood ? 1 : 0], probability, isFood, origin == TermOrigin.Key, Name)
        {
            IsSubword = origin == TermOrigin.Subword,
        };
    }
}
