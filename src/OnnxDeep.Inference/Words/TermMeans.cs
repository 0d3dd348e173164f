using Microsoft.ML.OnnxRuntime;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Files;

namespace OnnxDeep.Inference.Words;

/// <summary>
/// Classifies terms of several words with a model that takes words. Its first layer is linear up to its activation, so
/// the mean of what it makes of the words is what it makes of the mean of their vectors.
/// </summary>
internal sealed class TermMeans : IDisposable
{
    private readonly FileLease<OnnxSession> _session;
    private readonly string _input;
    private readonly string _output;
    private readonly int _units;

    private TermMeans(FileLease<OnnxSession> session)
    {
        _session = session;
        _input = session.Value.Inputs[^1].Name;
        _output = session.Value.Outputs[^1].Name;
        _units = session.Value.Inputs[^1].Dimensions[1];
    }

    /// <summary>Opens the model of a session at the rows of its words.</summary>
    /// <returns>Null if it has none.</returns>
    /// <exception cref="OnnxDeepException">The file is another one now.</exception>
    public static TermMeans? Open(OnnxSession words)
    {
        FileLease<OnnxSession> rows = SharedFiles.RentRows(words.Path, words.Provider);
        try
        {
            words.Files.Check();
            if (rows.Value.Inputs.Count > 1)
            {
                return new TermMeans(rows);
            }

            rows.Dispose();
            return null;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Returns the rows of words, [words, units].</summary>
    /// <param name="words">The words; those that the model does not know have the row of zeros.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    public float[] GetRows(string[] words, CancellationToken cancellationToken)
    {
        using SessionOutputs outputs =
            Run(words, new float[words.Length * _units], [_output], cancellationToken);
        return outputs.GetFloats(_output).ToArray();
    }

    /// <summary>Adds a share of a word's row to the mean of a term.</summary>
    /// <param name="rows">[words, units].</param>
    /// <param name="word">The number of the word.</param>
    /// <param name="means">[terms, units].</param>
    /// <param name="term">The number of the term.</param>
    /// <param name="count">The number of words of the term.</param>
    public void Add(ReadOnlySpan<float> rows, int word, Span<float> means, int term, int count)
    {
        for (int unit = 0; unit < _units; unit++)
        {
            means[(term * _units) + unit] += rows[(word * _units) + unit] / count;
        }
    }

    /// <summary>Creates room for the means of terms, [terms, units].</summary>
    public float[] CreateMeans(int terms) => new float[terms * _units];

    /// <summary>Classifies rows.</summary>
    /// <param name="words">A word for each row that the model knows.</param>
    /// <param name="rows">[words, units].</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The probabilities, [words, classes].</returns>
    public float[] Classify(string[] words, float[] rows, CancellationToken cancellationToken)
    {
        using SessionOutputs outputs = Run(words, rows, [OnnxNames.Probability], cancellationToken);
        return outputs.GetFloats(OnnxNames.Probability).ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private SessionOutputs Run(string[] words, float[] rows, string[] outputs, CancellationToken cancellationToken)
    {
        using OrtValue texts = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [words.Length]);
        for (int i = 0; i < words.Length; i++)
        {
            texts.StringTensorSetElementAt(words[i], i);
        }

        using OrtValue numbers = OrtValue.CreateTensorValueFromMemory(rows, [words.Length, _units]);
        return new SessionOutputs(
            _session.Value.Use(
                (session, options) => session.Run(options, [OnnxNames.Word, _input], [texts, numbers], outputs),
                cancellationToken),
            outputs);
    }
}
