using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;

namespace OnnxDeep;

/// <summary>The result of training a classifier.</summary>
public sealed record ClassifierResult
{
    /// <summary>The full path of the ONNX file.</summary>
    public required string Model { get; init; }

    /// <summary>The task: word-classification, or classification of numbers.</summary>
    public required string Task { get; init; }

    /// <summary>The layers, such as 300-5-1.</summary>
    public required string Network { get; init; }

    /// <summary>The ways to train that were compared, with their losses; empty if a setting was specified.</summary>
    public IReadOnlyList<CandidateResult> Candidates { get; init => field = CellText.List(value); } =
        CellText.List<CandidateResult>([]);

    /// <summary>The classes by number; of two, the second is the one whose probability is the output.</summary>
    public required IReadOnlyList<string> Labels { get; init => field = CellText.List(value); }

    /// <summary>The fraction of test rows that were classified correctly; null without test rows.</summary>
    public required double? Accuracy { get; init; }

    /// <summary>
    /// The classification report on the test rows, in the format of scikit-learn; null without test rows.
    /// </summary>
    public required string? Report { get; init; }

    /// <summary>The loss and accuracy of each epoch of the tested training.</summary>
    public required TrainingHistory History { get; init; }

    /// <summary>The confusion matrix of the test rows; null without test rows.</summary>
    public required ConfusionMatrix? Confusion { get; init; }

    /// <summary>The test rows that were classified incorrectly; null without test rows.</summary>
    public required IReadOnlyList<ClassifierMistake>? Mistakes
    {
        get;
        init => field = value is null ? null : CellText.List(value);
    }

    /// <summary>Of two classes, the minimum probability of the second; null for more.</summary>
    public float? Threshold { get; init; }

    /// <summary>The calibration in the model; null if there is none.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>The probabilities of the test rows against the shares of hits; null without test rows.</summary>
    public ReliabilityCurve? Reliability { get; init; }

    /// <summary>The same before the calibration; null if there is none.</summary>
    public ReliabilityCurve? UncalibratedReliability { get; init; }

    /// <summary>The examples that were skipped.</summary>
    public required IReadOnlyList<SkippedExample> Skipped { get; init => field = CellText.List(value); }

    /// <summary>The result of the cross-validation; null if none was requested.</summary>
    public required CrossValidation? CrossValidation { get; init; }

    /// <summary>The table of layers and parameters, in the format of Keras.</summary>
    public required string Summary { get; init; }

    /// <summary>The number of training rows.</summary>
    public required int TrainRows { get; init; }

    /// <summary>The number of test rows.</summary>
    public required int TestRows { get; init; }

    /// <summary>The names of the inputs; for word models, the name of the vectors.</summary>
    public required IReadOnlyList<string> Features { get; init => field = CellText.List(value); }

    /// <summary>
    /// The columns that the model takes, with the ranges and frequencies of the training rows; none for word models.
    /// </summary>
    public IReadOnlyList<TableColumn> Columns { get; init => field = CellText.List(value); } =
        CellText.List<TableColumn>([]);

    /// <summary>The columns of the input that are not inputs of the model, each with the reason.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOutColumns { get; init => field = CellText.List(value); } =
        CellText.List<LeftOutColumn>([]);

    /// <summary>The command that created the classifier.</summary>
    public required string Command { get; init; }
}

/// <summary>A test row that was classified incorrectly.</summary>
/// <param name="Word">The word, or the number of the row.</param>
/// <param name="Truth">The true class.</param>
/// <param name="Label">The predicted class.</param>
/// <param name="Probability">The probability of the predicted class.</param>
/// <param name="Scores">The probability of each class by name, in the model's order.</param>
public sealed record ClassifierMistake(
    string Word, string Truth, string Label, float Probability, OrderedDictionary<string, float> Scores)
{
    /// <summary>The row with its true and its predicted class.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{ShownText.Value(Word)}: {ShownText.Value(Truth)} → {ShownText.Value(Label)} {Probability}");
}
