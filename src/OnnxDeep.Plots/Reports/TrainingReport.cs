using OnnxDeep.Plots.Pictures;

namespace OnnxDeep.Plots.Reports;

/// <summary>The content of a page about a training; parts that are null or empty are omitted.</summary>
public sealed record TrainingReport
{
    /// <summary>The heading.</summary>
    public string Title { get; init; } = "Training report";

    /// <summary>The path of the model.</summary>
    public string? Model { get; init; }

    /// <summary>The layers of the network, as text.</summary>
    public string? Summary { get; init; }

    /// <summary>Precision, recall and F1, as text.</summary>
    public string? Report { get; init; }

    /// <summary>The training curves.</summary>
    public LossPlot? History { get; init; }

    /// <summary>The confusion matrix of the test words.</summary>
    public ConfusionPlot? Confusion { get; init; }

    /// <summary>The misclassified words; null if they are not known.</summary>
    public IReadOnlyList<ReportMistake>? Mistakes { get; init; }

    /// <summary>The words that could not be used.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>The command that created the model.</summary>
    public string? Command { get; init; }

    /// <summary>Whether the report has no content.</summary>
    public bool IsEmpty => Summary is null && Report is null && History is null && Confusion is null
        && Mistakes is null && Skipped.Count == 0 && Command is null;
}

/// <summary>A misclassified word.</summary>
/// <param name="Word">The word.</param>
/// <param name="Truth">The true class.</param>
/// <param name="Label">The predicted class.</param>
/// <param name="Probability">The predicted probability, from 0 to 1, if it is known.</param>
public sealed record ReportMistake(string Word, string Truth, string Label, double? Probability);
