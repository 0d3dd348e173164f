using OnnxDeep.Inference.Words;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep;

/// <summary>A model's result for one word.</summary>
public sealed record ClassifiedWord
{
    /// <summary>The label of a word without a vector.</summary>
    public const string UnknownLabel = ModelMetadata.UnknownLabel;

    private static readonly ShownList<string> s_none = CellText.List<string>([]);

    private readonly IReadOnlyList<string> _labels;
    private readonly float[]? _outputs;
    private readonly float _second;

    /// <summary>Creates the result for a word that the model knows.</summary>
    /// <param name="word">The word.</param>
    /// <param name="labels">The names of the model's classes, at least two.</param>
    /// <param name="label">The index of the word's class.</param>
    /// <param name="outputs">One probability, that of the second of two classes, or one for each class.</param>
    internal ClassifiedWord(string word, IReadOnlyList<string> labels, int label, ReadOnlySpan<float> outputs)
    {
        Word = word;
        Label = labels[label];
        Probability = ClassScores.Of(label, outputs);
        _labels = labels;
        _second = ClassScores.Of(1, outputs);
        _outputs = outputs.Length == 1 ? null : outputs.ToArray();
    }

    /// <summary>Creates the result for a word that the model does not know.</summary>
    internal ClassifiedWord(string word)
    {
        Word = word;
        Label = UnknownLabel;
        _labels = [];
    }

    /// <summary>The word as specified.</summary>
    public string Word { get; init; }

    /// <summary>The name of its class; <see cref="UnknownLabel"/> for a word without a vector.</summary>
    public string Label { get; init; }

    /// <summary>The probability of the label; null without a vector.</summary>
    public float? Probability { get; init; }

    /// <summary>The probability of each class by name, in the model's order; null without a vector.</summary>
    public OrderedDictionary<string, float>? Scores =>
        _labels.Count == 0 ? null : new ClassScores(_labels, _outputs ?? [_second]);

    /// <summary>The probability of the model's second class, whatever the label; null without a vector.</summary>
    internal float? SecondProbability => _labels.Count == 0 ? null : _second;

    /// <summary>Whether the vectors contain the word or, for a term, at least one of its words.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the vector was computed from character n-grams because the vectors lack the word.</summary>
    public bool IsSubword { get; init; }

    /// <summary>The execution provider that the model ran on, such as CPU.</summary>
    public string Provider { get; init; } = "CPU";

    /// <summary>
    /// The word without accents and compatibility forms, if it was only found in this form; otherwise null.
    /// </summary>
    public string? FoldedWord { get; init; }

    /// <summary>
    /// The words of the term that have a vector; the term itself if it is a single word or known as a whole.
    /// </summary>
    public IReadOnlyList<string> KnownWords => CellText.List<string>(
        [.. Words?.Known ?? (IsKnown || IsSubword ? [Word] : [])]);

    /// <summary>The words without a vector, which count as zeros.</summary>
    public IReadOnlyList<string> UnknownWords => CellText.List<string>(
        [.. Words?.Unknown ?? (IsKnown || IsSubword ? [] : [Word])]);

    /// <summary>The share of the term's words that have a vector, from 0 to 1.</summary>
    public float Coverage => Words?.Coverage ?? (IsKnown || IsSubword ? 1 : 0);

    /// <summary>Known words that are spelt like the unknown ones, if they were asked for.</summary>
    public IReadOnlyList<string> Suggestions
    {
        get;
        init => field = value.Count == 0 ? s_none : CellText.List(value);
    } = s_none;

    /// <summary>The words of a term that was looked up word by word.</summary>
    internal TermWords? Words { get; init; }

    /// <summary>Compares all members except the individual scores.</summary>
    public bool Equals(ClassifiedWord? other) => other is not null
        && (Word, Label, Probability, IsKnown) == (other.Word, other.Label, other.Probability, other.IsKnown)
        && (Model, IsSubword, Provider) == (other.Model, other.IsSubword, other.Provider);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Word, Label, Probability, Model);
}
