using OnnxDeep.Plots.Pictures;

namespace OnnxDeep.Plots.Reports;

/// <summary>What a page about a training shows; parts that are null or empty are left out.</summary>
public sealed record TrainingReport
{
    /// <summary>The heading.</summary>
    public string Title { get; init; } = "Training report";

    /// <summary>The model's file.</summary>
    public string? Model { get; init; }

    /// <summary>The network's layers, as text.</summary>
    public string? Summary { get; init; }

    /// <summary>Precision, recall and F1, as text.</summary>
    public string? Report { get; init; }

    /// <summary>The curves.</summary>
    public LossPlot? History { get; init; }

    /// <summary>The test's confusion matrix.</summary>
    public ConfusionPlot? Confusion { get; init; }

    /// <summary>The words that the model got wrong; null where that is not known.</summary>
    public IReadOnlyList<ReportMistake>? Mistakes { get; init; }

    /// <summary>The words that could not be used.</summary>
    public IReadOnlyList<string> Skipped { get; init; } = [];

    /// <summary>The command that made the model.</summary>
    public string? Command { get; init; }

    /// <summary>Whether there is nothing to show.</summary>
    public bool IsEmpty => Summary is null && Report is null && History is null && Confusion is null
        && Mistakes is null && Skipped.Count == 0 && Command is null;
}

/// <summary>A word that a model got wrong.</summary>
/// <param name="Word">The word.</param>
/// <param name="Truth">Its class.</param>
/// <param name="Label">The class that the model gave it.</param>
/// <param name="Probability">The model's probability, 0 to 1, if it is known.</param>
public sealed record ReportMistake(string Word, string Truth, string Label, double? Probability);
