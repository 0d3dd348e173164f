using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Training;

namespace OnnxDeep;

/// <summary>A classifier that was trained, tested and written.</summary>
public sealed record ClassifierResult
{
    /// <summary>The ONNX file, as a full path.</summary>
    public required string Model { get; init; }

    /// <summary>Its layers, such as 300-5-1.</summary>
    public required string Network { get; init; }

    /// <summary>The classes by number; of two, the second is the one whose probability comes out.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The share of test rows that were classified rightly.</summary>
    public required double Accuracy { get; init; }

    /// <summary>scikit-learn's classification report on the test rows.</summary>
    public required string Report { get; init; }

    /// <summary>Loss and accuracy of each epoch of the training that was tested.</summary>
    public required TrainingHistory History { get; init; }

    /// <summary>How the test rows were classified.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>The test rows that were classified wrongly.</summary>
    public required IReadOnlyList<ClassifierMistake> Mistakes { get; init; }

    /// <summary>What was left out of the examples.</summary>
    public required IReadOnlyList<SkippedExample> Skipped { get; init; }

    /// <summary>Cross-validation, where it was asked for.</summary>
    public required CrossValidation? CrossValidation { get; init; }

    /// <summary>Keras's table of layers and parameters.</summary>
    public required string Summary { get; init; }

    /// <summary>The rows that were trained on.</summary>
    public required int TrainRows { get; init; }

    /// <summary>The rows that were tested on.</summary>
    public required int TestRows { get; init; }

    /// <summary>The inputs by name; of word models the vectors' name.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }
}

/// <summary>A test row that was classified wrongly.</summary>
/// <param name="Word">The word, or the number of the row.</param>
/// <param name="Truth">Its class.</param>
/// <param name="Label">What the network took it for.</param>
/// <param name="Probability">Of two classes that of the second one, of more that of the label.</param>
public sealed record ClassifierMistake(string Word, string Truth, string Label, float Probability);
