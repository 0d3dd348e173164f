using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>Everything that decides a classifier, but for its data.</summary>
public sealed record ClassifierRecipe
{
    /// <summary>The test share of the notebook's train_test_split.</summary>
    private const double NotebookTestFraction = 0.3;

    /// <summary>The file's name without its extension, and the network's in the summary.</summary>
    public required string Name { get; init; }

    /// <summary>What the metadata call the task, one of those of ModelMetadata.</summary>
    public required string Task { get; init; }

    /// <summary>The names of the classes, by number.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>
    /// The layers, the last with one sigmoid unit for two classes or a softmax unit for each of more.
    /// </summary>
    public required IReadOnlyList<Dense> Layers { get; init; }

    /// <summary>How to train.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The share of rows held back for the report.</summary>
    public double TestFraction { get; init; } = NotebookTestFraction;

    /// <summary>Whether the test rows keep the classes' proportions; the notebook's do not.</summary>
    public bool Stratified { get; init; }

    /// <summary>
    /// Whether, after the test, the network is trained anew on all rows, for as many epochs as the validation loss
    /// asked for: in a short list each row counts.
    /// </summary>
    public bool TrainsOnAllRows { get; init; }

    /// <summary>
    /// Whether each feature is brought to mean 0 and deviation 1 by the training rows, in the exported graph too.
    /// </summary>
    public bool Standardizes { get; init; }

    /// <summary>Decides weights, split, orders and, for the noise, the data.</summary>
    public ulong Seed => Training.Seed;

    /// <summary>The same recipe from another seed.</summary>
    public ClassifierRecipe WithSeed(ulong seed) => this with { Training = Training with { Seed = seed } };
}
