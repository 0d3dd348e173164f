using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;

namespace OnnxDeep.Trainer;

/// <summary>The recipes of the notebook's networks and of the shipped one.</summary>
internal static class Recipes
{
    /// <summary>The notebook's noise cell: 3-5-1, sigmoid and sigmoid, 10 epochs, batches of 10.</summary>
    public static ClassifierRecipe Noise { get; } = new()
    {
        Name = "noise",
        Task = ModelMetadata.Classification,
        Labels = ["0", "1"],
        Layers = [new(5, Activation.Sigmoid), new(1, Activation.Sigmoid)],
        Training = new TrainingOptions { Epochs = 10, BatchSize = 10 },
    };

    /// <summary>The notebook's food cell: 300-5-1, relu and sigmoid, 10 epochs, batches of 5.</summary>
    public static ClassifierRecipe NotebookFood { get; } = new()
    {
        Name = "food-notebook",
        Task = ModelMetadata.WordClassification,
        Labels = Learning.Data.FoodWords.Labels,
        Layers = [new(5, Activation.ReLU), new(1, Activation.Sigmoid)],
        Training = new TrainingOptions { Epochs = 10, BatchSize = 5 },
    };

    /// <summary>The shipped recipe: the same network, trained until the validation loss stops falling.</summary>
    public static ClassifierRecipe Food { get; } = NotebookFood with
    {
        Name = "food",
        Stratified = true,
        TrainsOnAllRows = true,
        Training = NotebookFood.Training with
        {
            Epochs = 500,
            ValidationFraction = 0.2,
            EarlyStopping = new EarlyStopping(Patience: 10, MinimumDelta: 0.001),

            // Three times the default of Keras: over 24 seeds, the worst network is better and the mean is the same.
            Optimizer = new Adam(LearningRate: 0.003),
        },
    };
}
