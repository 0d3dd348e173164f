using OnnxDeep.Networks;
using OnnxDeep.Onnx;
using OnnxDeep.Training;

namespace OnnxDeep.CommandLine;

/// <summary>Everything that decides one of the shipped networks, but for its data.</summary>
internal sealed record Recipe
{
    /// <summary>The test share of the notebook's train_test_split.</summary>
    private const double NotebookTestFraction = 0.3;

    /// <summary>The file's name without its extension, and the network's in the summary.</summary>
    public required string Name { get; init; }

    /// <summary>What the metadata call the task.</summary>
    public required string Task { get; init; }

    /// <summary>The names of class 0 and class 1.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The layers.</summary>
    public required IReadOnlyList<DenseLayerOptions> Layers { get; init; }

    /// <summary>How to train.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>The share of rows held back for the report.</summary>
    public double TestFraction { get; init; } = NotebookTestFraction;

    /// <summary>Whether the test rows keep the classes' proportions; the notebook's do not.</summary>
    public bool Stratified { get; init; }

    /// <summary>
    /// Whether, after the test, the network that ships is trained anew on all rows, for as many epochs as the
    /// validation loss asked for: with 100 words each one counts.
    /// </summary>
    public bool TrainsOnAllRows { get; init; }

    /// <summary>Decides weights, split, orders and, for the noise, the data.</summary>
    public ulong Seed => Training.Seed;

    /// <summary>The notebook's noise cell: 3-5-1, sigmoid and sigmoid, 10 epochs, batches of 10.</summary>
    public static Recipe Noise { get; } = new()
    {
        Name = "noise",
        Task = ModelMetadata.Classification,
        Labels = ["0", "1"],
        Layers = [new(5, Activation.Sigmoid), new(1, Activation.Sigmoid)],
        Training = new TrainingOptions { Epochs = 10, BatchSize = 10 },
    };

    /// <summary>The notebook's food cell: 300-5-1, relu and sigmoid, 10 epochs, batches of 5.</summary>
    public static Recipe NotebookFood { get; } = new()
    {
        Name = "food-notebook",
        Task = ModelMetadata.WordClassification,
        Labels = Data.FoodWords.Labels,
        Layers = [new(5, Activation.ReLU), new(1, Activation.Sigmoid)],
        Training = new TrainingOptions { Epochs = 10, BatchSize = 5 },
    };

    /// <summary>What ships: the same network, trained until the validation loss stops falling.</summary>
    public static Recipe Food { get; } = NotebookFood with
    {
        Name = "food",
        Stratified = true,
        TrainsOnAllRows = true,
        Training = NotebookFood.Training with
        {
            Epochs = 500,
            ValidationFraction = 0.2,
            EarlyStopping = new EarlyStopping(Patience: 10, MinimumDelta: 0.001),

            // Three times Keras's rate: over 24 seeds the worst network comes out better, the mean is the same.
            Optimizer = new Adam(LearningRate: 0.003),
        },
    };

    /// <summary>The same recipe from another seed.</summary>
    public Recipe WithSeed(ulong seed) => this with { Training = Training with { Seed = seed } };
}
