using CommunityToolkit.HighPerformance;

using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Explanation;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Inference.Explanation;

/// <summary>
/// Explains the answers of a word model by the words of a term. The term is compared with one that has no known word,
/// whose vector is zero.
/// </summary>
public sealed class WordExplainer : IDisposable
{
    private readonly WordModelSource _source;
    private readonly TermVectorizer _vectorizer;
    private readonly PartExplainer _parts;

    private WordExplainer(WordModelSource source)
    {
        _source = source;
        _vectorizer = new TermVectorizer(source.Table);
        _parts = new PartExplainer(source.Network, source.Network.Units == 1);
        Labels = source.Metadata.GetLabels(source.Network.Units);
    }

    /// <summary>The names of the classes, by index.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Opens a model and its vectors.</summary>
    /// <param name="file">An ONNX file of dense layers that takes vectors.</param>
    /// <param name="tablePath">The vectors that it was trained on.</param>
    /// <param name="allowsOtherVectors">Whether to accept other vectors with the same dimensions.</param>
    /// <exception cref="ModelException">The model and the table are incompatible.</exception>
    /// <exception cref="FileFormatException">The model is not a chain of dense layers.</exception>
    public static WordExplainer Open(OnnxModelFile file, string tablePath, bool allowsOtherVectors = false)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new WordExplainer(WordModelSource.Open(file, tablePath, allowsOtherVectors));
    }

    /// <summary>Computes how much each word of a term contributes to the probability of a class.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> accepts.</param>
    /// <param name="output">The class; null for the model's answer.</param>
    /// <param name="ofLogit">Whether to explain the output before its activation.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>
    /// The words, those without a vector too, with their contributions; null if no word has a vector.
    /// </returns>
    public ((string Text, bool IsKnown)[] Words, int Output, Attribution Attribution)? Explain(
        string term, int? output, bool ofLogit, CancellationToken cancellationToken)
    {
        float[] vector = new float[_source.Table.Dimensions];
        TermMatch match = _vectorizer.Match(term, vector);
        if (match.Origin == TermOrigin.Unknown)
        {
            return null;
        }

        int wanted = output ?? FindLabel(vector);
        double[] baseline = _parts.Sum([]);
        (string Text, bool IsKnown)[] words = match.Words?.All ?? [(term, true)];
        var shares = new List<double[]>(words.Length);
        foreach ((string word, bool isKnown) in words)
        {
            _vectorizer.GetVector(word, vector);
            double[] share = new double[baseline.Length];
            for (int i = 0; isKnown && i < vector.Length; i++)
            {
                _parts.Add(i, (double)vector[i] / words.Length, share);
            }

            shares.Add(share);
        }

        return (words, wanted, _parts.Explain(baseline, shares, wanted, ofLogit, cancellationToken));
    }

    /// <summary>Releases the vectors.</summary>
    public void Dispose() => _source.Dispose();

    // The class that the model answers, with its own threshold.
    private int FindLabel(float[] vector)
    {
        float[,] outputs = _source.Network.Forward(new ReadOnlySpan2D<float>(vector, 1, vector.Length));
        return Classes.FromOutputs(outputs.GetRowSpan(0), _source.Metadata.Threshold);
    }
}
