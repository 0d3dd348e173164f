using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>All settings of a training, without its data and without what its targets mean.</summary>
public record TrainingRecipe
{
    /// <summary>The test share of the notebook's train_test_split.</summary>
    private const double NotebookTestFraction = 0.3;

    /// <summary>The file name without its extension, which is the network's name in the summary.</summary>
    public required string Name { get; init; }

    /// <summary>The task in the metadata, one of the tasks of ModelMetadata.</summary>
    public required string Task { get; init; }

    /// <summary>
    /// The layers. The last has one sigmoid unit for two classes, or a softmax unit for each of several classes.
    /// </summary>
    public required IReadOnlyList<Dense> Layers { get; init; }

    /// <summary>A network of these layers whose weights the training begins with; null for random ones.</summary>
    public Network<float>? Start { get; init; }

    /// <summary>
    /// The ways to fit a network that are compared within the training rows; the best one is used, and its hidden
    /// layers replace those of <see cref="Layers"/>. None, to train the layers as <see cref="Training"/> says.
    /// </summary>
    public IReadOnlyList<TrainingCandidate> Candidates { get; init; } = [];

    /// <summary>The options of the training.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The share of rows kept for the test; 0 for none.</summary>
    public double TestFraction { get; init; } = NotebookTestFraction;

    /// <summary>Whether the test rows keep the proportions of the classes; the notebook's do not.</summary>
    public bool Stratified { get; init; }

    /// <summary>
    /// Whether the network is trained again on all rows after the test, for the number of epochs that gave the smallest
    /// validation loss. A short list needs every row.
    /// </summary>
    public bool TrainsOnAllRows { get; init; }

    /// <summary>The candidate that needs no comparison; null if there are none or several.</summary>
    internal TrainingCandidate? OnlyCandidate => Candidates.Count == 1 ? Candidates[0] : null;

    /// <summary>The seed of weights, split, order of rows and, for the noise, of the data.</summary>
    public ulong Seed => Training.Seed;
}
