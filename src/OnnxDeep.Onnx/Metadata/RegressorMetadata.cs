using System.Globalization;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Onnx.Metadata;

/// <summary>Describes how a regressor was trained and tested, for the metadata of its file.</summary>
public static class RegressorMetadata
{
    /// <summary>The task, seed, training options and test results of a trained regressor.</summary>
    /// <param name="model">The result of the training.</param>
    public static ModelMetadata Describe(TrainedRegressor model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModelMetadata
        {
            Task = model.Recipe.Task,
            Seed = model.Recipe.Seed,
            Training = ClassifierMetadata.DescribeTraining(model, model.Recipe),
            Metrics = DescribeMetrics(model),
        };
    }

    // The loss is that of the network in the file, on scaled targets. If that network was trained on all rows, the test
    // results are those of its twin that was trained on the training rows only.
    private static Dictionary<string, string> DescribeMetrics(TrainedRegressor model)
    {
        EpochMetrics final = model.Final.Epochs[model.Final.BestEpoch - 1];
        EpochMetrics tested = model.History.Epochs[model.History.BestEpoch - 1];
        var pairs = new Dictionary<string, string>
        {
            ["epochs"] = Text(final.Epoch),
            ["loss"] = Text(final.Loss),
            ["train_rows"] = Text(model.Split.Train.Length),
            ["test_rows"] = Text(model.Split.Test.Length),
        };
        if (model.Test is RegressionMeasure test)
        {
            pairs["test_mae"] = Text(test.MAE);
            pairs["test_rmse"] = Text(test.RMSE);
        }

        if (model.Test?.R2 is double r2)
        {
            pairs["test_r2"] = Text(r2);
        }

        if (tested.ValidationLoss is double loss)
        {
            pairs["validation_loss"] = Text(loss);
        }

        return pairs;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
