using OnnxDeep.Onnx.Metadata;

namespace OnnxDeep;

/// <summary>A model's result for one word.</summary>
public sealed record ClassifiedWord
{
    /// <summary>The label of a word without a vector.</summary>
    public const string UnknownLabel = ModelMetadata.UnknownLabel;

    private readonly IReadOnlyList<string> _labels;
    private readonly float[]? _outputs;

    /// <summary>Creates the result for a word that the model knows.</summary>
    /// <param name="word">The word.</param>
    /// <param name="labels">The names of the model's classes, at least two.</param>
    /// <param name="label">The index of the word's class.</param>
    /// <param name="outputs">One probability, that of the second of two classes, or one for each class.</param>
    internal ClassifiedWord(string word, IReadOnlyList<string> labels, int label, ReadOnlySpan<float> outputs)
    {
        Word = word;
        Label = labels[label];
        Probability = outputs[outputs.Length == 1 ? 0 : label];
        _labels = labels;
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

    /// <summary>
    /// With two classes, the probability of the second; with more, that of the label; null without a vector.
    /// </summary>
    public float? Probability { get; init; }

    /// <summary>The probability of each class by name, in the model's order; null without a vector.</summary>
    public OrderedDictionary<string, float>? Scores
    {
        get
        {
            if (Probability is not float second)
            {
                return null;
            }

            var scores = new OrderedDictionary<string, float>(_labels.Count);
            for (int label = 0; label < _labels.Count; label++)
            {
                scores[_labels[label]] = _outputs?[label] ?? (label == 1 ? second : 1 - second);
            }

            return scores;
        }
    }

    /// <summary>Whether the vectors contain the word or, for a term, at least one of its words.</summary>
    public bool IsKnown { get; init; }

    /// <summary>The name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the vector was computed from character n-grams because the vectors lack the word.</summary>
    public bool IsSubword { get; init; }

    /// <summary>The execution provider that the model ran on, such as CPU.</summary>
    public string Provider { get; init; } = "CPU";

    /// <summary>Compares all members except the individual scores.</summary>
    public bool Equals(ClassifiedWord? other) => other is not null
        && (Word, Label, Probability, IsKnown) == (other.Word, other.Label, other.Probability, other.IsKnown)
        && (Model, IsSubword, Provider) == (other.Model, other.IsSubword, other.Provider);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Word, Label, Probability, Model);
}
