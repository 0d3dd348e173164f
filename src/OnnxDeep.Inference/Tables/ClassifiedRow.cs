using OnnxDeep.Inference.Words;

namespace OnnxDeep;

/// <summary>A classifier's result for one row of a table.</summary>
public sealed record ClassifiedRow
{
    private readonly IReadOnlyList<string> _labels;
    private readonly ReadOnlyMemory<float> _outputs;

    /// <summary>Creates the result.</summary>
    /// <param name="labels">The names of the model's classes, at least two.</param>
    /// <param name="label">The index of the row's class.</param>
    /// <param name="outputs">One probability, that of the second of two classes, or one for each class.</param>
    internal ClassifiedRow(IReadOnlyList<string> labels, int label, ReadOnlyMemory<float> outputs)
    {
        Label = labels[label];
        Probability = ClassScores.Of(label, outputs.Span);
        _labels = labels;
        _outputs = outputs;
    }

    /// <summary>The name of its class.</summary>
    public string Label { get; }

    /// <summary>The probability of the label.</summary>
    public float Probability { get; }

    /// <summary>The probability of each class by name, in the model's order.</summary>
    public OrderedDictionary<string, float> Scores => new ClassScores(_labels, _outputs.Span);

    /// <summary>The name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The execution provider that the model ran on, such as CPU.</summary>
    public required string Provider { get; init; }

    /// <summary>Compares all members except the individual scores.</summary>
    public bool Equals(ClassifiedRow? other) => other is not null
        && (Label, Probability, Model, Provider) == (other.Label, other.Probability, other.Model, other.Provider);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Label, Probability, Model, Provider);
}

/// <summary>The number that a model predicts for one row of a table.</summary>
/// <param name="Prediction">The number, in the unit of the column that the model was trained on.</param>
/// <param name="Model">The name of the model.</param>
/// <param name="Provider">The execution provider that the model ran on, such as CPU.</param>
public sealed record PredictedRow(float Prediction, string Model, string Provider);
