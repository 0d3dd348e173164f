using System.Globalization;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Onnx.Metadata;

/// <summary>Describes how a classifier was trained and tested, for the metadata of its file.</summary>
public static class ClassifierMetadata
{
    /// <summary>The task, labels, seed, training options and test results of a trained classifier.</summary>
    /// <param name="model">The result of the training.</param>
    public static ModelMetadata Describe(TrainedClassifier model) => new()
    {
        Task = model.Recipe.Task,
        Labels = model.Recipe.Labels,
        Threshold = model.Threshold,
        Seed = model.Recipe.Seed,
        Training = DescribeTraining(model),
        Metrics = DescribeMetrics(model),
    };

    /// <summary>The training options that classifiers and regressors have.</summary>
    internal static Dictionary<string, string> DescribeTraining(TrainedNetwork model, TrainingRecipe recipe)
    {
        TrainingOptions options = recipe.Training;
        var pairs = new Dictionary<string, string>
        {
            ["recipe"] = recipe.Name,
            ["loss"] = options.Loss.ToString(),
            ["initializer"] = nameof(WeightInitializer.GlorotUniform),
            ["most_epochs"] = Text(options.Epochs),
            ["batch_size"] = Text(options.BatchSize),
            ["shuffle"] = Text(options.Shuffle),
            ["test_fraction"] = Text(recipe.TestFraction),
            ["stratified"] = Text(recipe.Stratified),
            ["trained_on_all_rows"] = Text(recipe.TrainsOnAllRows),
            ["validation_fraction"] = Text(options.ValidationFraction),
        };
        CandidateResult? chosen = model.Candidates.FirstOrDefault(result => result.IsChosen);
        if (chosen is not null)
        {
            // Those of the candidate replace them.
            pairs.Remove("most_epochs");
            pairs.Remove("batch_size");
            pairs["chosen"] = chosen.Candidate.Name;
            pairs["compared"] = string.Join("; ", model.Candidates);
        }

        foreach ((string key, string value) in chosen?.Candidate.Describe() ?? options.Optimizer.Describe())
        {
            pairs[key] = value;
        }

        if (options.EarlyStopping is EarlyStopping stopping)
        {
            pairs["early_stopping_patience"] = Text(stopping.Patience);
            pairs["early_stopping_minimum_delta"] = Text(stopping.MinimumDelta);
        }

        return pairs;
    }

    private static Dictionary<string, string> DescribeTraining(TrainedClassifier model)
    {
        Dictionary<string, string> pairs = DescribeTraining(model, model.Recipe);
        if (model.Recipe.Training.BalancesClasses)
        {
            pairs["class_weight"] = "balanced";
        }

        if (model.Recipe.ThresholdCriterion is ThresholdCriterion criterion)
        {
            pairs["threshold"] = criterion.ToString();
        }

        if (model.Calibration is Calibration calibration)
        {
            pairs["calibration"] = calibration.Method.ToString();
            pairs["calibration_slope"] = Text(calibration.Slope);
            pairs["calibration_intercept"] = Text(calibration.Intercept);
        }

        return pairs;
    }

    // Loss and accuracy are those of the network in the file. If that network was trained on all rows, the test results
    // are those of its twin that was trained on the training rows only.
    private static Dictionary<string, string> DescribeMetrics(TrainedClassifier model)
    {
        EpochMetrics final = model.Final.Epochs[model.Final.BestEpoch - 1];
        EpochMetrics tested = model.History.Epochs[model.History.BestEpoch - 1];
        var pairs = new Dictionary<string, string>
        {
            ["epochs"] = Text(final.Epoch),
            ["rows"] = Text(final.Confusion!.Total),
            ["loss"] = Text(final.Loss),
            ["accuracy"] = Text(final.Confusion.Accuracy),
            ["tested_after_training_on_rows"] = Text(tested.Confusion!.Total),
            ["test_rows"] = Text(model.Test.Total),
        };
        if (model.Test.Total > 0)
        {
            pairs["test_accuracy"] = Text(model.Test.Accuracy);
        }

        if (model.UncalibratedReliability is { } before && model.Reliability is { } after)
        {
            pairs["test_calibration_error"] = Text(after.ExpectedCalibrationError);
            pairs["test_calibration_error_before"] = Text(before.ExpectedCalibrationError);
        }

        if (tested.ValidationLoss is double loss && tested.ValidationAccuracy is double accuracy)
        {
            pairs["validation_loss"] = Text(loss);
            pairs["validation_accuracy"] = Text(accuracy);
        }

        return pairs;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}
