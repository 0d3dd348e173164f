using System.Globalization;

using OnnxDeep.Networks;
using OnnxDeep.Onnx;
using OnnxDeep.Training;

namespace OnnxDeep.CommandLine;

/// <summary>A trained model to its ONNX file, with everything that made it in the metadata.</summary>
internal static class ModelWriter
{
    /// <summary>Writes <c>name.onnx</c> into the folder.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="TrainerException">The folder cannot be written.</exception>
    public static string Write(TrainedModel model, string directory, VectorSource? vectors)
    {
        string path = Path.Combine(Path.GetFullPath(directory), model.Recipe.Name + ".onnx");
        try
        {
            OnnxExporter.Write(path, model.Network, Describe(model, vectors), model.Recipe.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainerException(
                "OutputNotWritable",
                $"The model cannot be written to '{path}': {e.Message} Name a folder that you may write with --output.",
                e);
        }

        return path;
    }

    private static ModelMetadata Describe(TrainedModel model, VectorSource? vectors) => new()
    {
        Task = model.Recipe.Task,
        Labels = model.Recipe.Labels,
        Seed = model.Recipe.Seed,
        Training = DescribeTraining(model),
        Metrics = DescribeMetrics(model),
        VectorsName = vectors?.Table.Name,
        VectorsSha256 = vectors?.Sha256,
        VectorsContentSha256 = vectors?.Table.ContentSha256,
    };

    private static Dictionary<string, string> DescribeTraining(TrainedModel model)
    {
        TrainingOptions options = model.Recipe.Training;
        var pairs = new Dictionary<string, string>
        {
            ["recipe"] = model.Recipe.Name,
            ["loss"] = options.Loss.ToString(),
            ["optimizer"] = options.Optimizer.ToString()!,
            ["initializer"] = nameof(WeightInitializer.GlorotUniform),
            ["epochs"] = Text(options.Epochs),
            ["batch_size"] = Text(options.BatchSize),
            ["shuffle"] = Text(options.Shuffle),
            ["test_fraction"] = Text(model.Recipe.TestFraction),
            ["stratified"] = Text(model.Recipe.Stratified),
            ["trained_on_all_rows"] = Text(model.Recipe.TrainsOnAllRows),
            ["validation_fraction"] = Text(options.ValidationFraction),
        };
        if (options.EarlyStopping is EarlyStopping stopping)
        {
            pairs["early_stopping_patience"] = Text(stopping.Patience);
            pairs["early_stopping_minimum_delta"] = Text(stopping.MinimumDelta);
        }

        return pairs;
    }

    private static Dictionary<string, string> DescribeMetrics(TrainedModel model)
    {
        EpochMetrics best = model.History.Epochs[model.History.BestEpoch - 1];
        var pairs = new Dictionary<string, string>
        {
            ["epochs_run"] = Text(model.History.Epochs.Count),
            ["best_epoch"] = Text(best.Epoch),
            ["loss"] = Text(best.Loss),
            ["accuracy"] = Text(best.Accuracy),
        };
        if (best.ValidationLoss is double loss && best.ValidationAccuracy is double accuracy)
        {
            pairs["validation_loss"] = Text(loss);
            pairs["validation_accuracy"] = Text(accuracy);
        }

        pairs["test_accuracy"] = Text(model.Test.Accuracy);
        pairs["test_rows"] = Text(model.Test.Total);
        return pairs;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}
