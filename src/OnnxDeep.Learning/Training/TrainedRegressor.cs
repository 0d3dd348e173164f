using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// A network that predicts numbers, trained from a recipe, with its test. It is trained on targets that are scaled to
/// mean 0 and standard deviation 1 of the training rows, which its last layer scales back: its outputs are predictions,
/// and the losses of the epochs are those of the scaled targets.
/// </summary>
public sealed record TrainedRegressor : TrainedNetwork
{
    private TrainedRegressor(TrainedNetwork network, TrainingRecipe recipe, RegressionMeasure? test)
        : base(network) => (Recipe, Test) = (recipe, test);

    /// <summary>The settings.</summary>
    public TrainingRecipe Recipe { get; }

    /// <summary>
    /// The figures of the predictions for the test rows, from a network that was not trained on them; null without test
    /// rows.
    /// </summary>
    public RegressionMeasure? Test { get; }

    /// <summary>Splits the rows, draws the weights, trains and tests.</summary>
    /// <param name="recipe">The settings, with a single linear unit in the last layer.</param>
    /// <param name="source">The rows.</param>
    /// <param name="targets">The number of each row, finite as a 32-bit float.</param>
    /// <param name="progress">Receives each epoch of the training before the test, on this thread.</param>
    /// <param name="search">Receives the share of the comparison of candidates that is done, on this thread.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <exception cref="ArgumentException">The recipe's last layer is not a linear unit.</exception>
    /// <exception cref="OnnxDeepException">
    /// The targets are too few or all equal, or 32-bit floats cannot tell them apart, or the loss became infinite.
    /// </exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainedRegressor Train(
        TrainingRecipe recipe,
        ExampleSource source,
        IReadOnlyList<double> targets,
        Action<EpochMetrics>? progress = null,
        Action<double>? search = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        NumericTargets numbers = new(source, targets);
        RowSplit split = numbers.Split(recipe);
        TargetScaling scaling = numbers.Scale(split.Train.Span);
        TrainedNetwork network = TrainedNetwork.Train(
            recipe, numbers.Apply(scaling), Strip(progress), search, cancellationToken);
        return Finish(network, recipe, numbers, scaling, cancellationToken);
    }

    /// <summary>Trains and tests a network for each fold, one after the other.</summary>
    internal static IEnumerable<TrainedRegressor> CrossValidate(
        TrainingRecipe recipe,
        ExampleSource source,
        IReadOnlyList<double> targets,
        int folds,
        Action<int, EpochMetrics>? progress,
        Action<int, double>? search,
        CancellationToken cancellationToken)
    {
        NumericTargets numbers = new(source, targets);
        return numbers.CreateFolds(folds, recipe.Seed).Select((split, index) =>
        {
            TargetScaling scaling = numbers.Scale(split.Train.Span);
            TrainedNetwork network = TrainAndTest(
                recipe,
                numbers.Apply(scaling),
                split,
                Strip(metrics => progress?.Invoke(index + 1, metrics)),
                share => search?.Invoke(index + 1, share),
                cancellationToken);
            return Finish(network, recipe, numbers, scaling, cancellationToken);
        });
    }

    private static TrainedRegressor Finish(
        TrainedNetwork network,
        TrainingRecipe recipe,
        NumericTargets numbers,
        TargetScaling scaling,
        CancellationToken cancellationToken)
    {
        TrainedNetwork tested = network.Twin ?? network;
        int[] rows = network.Split.Test.ToArray();
        float[,] outputs = scaling.Fold(tested.Network).Forward(tested.Features.Encode(rows), cancellationToken);
        RegressionMeasure? test = rows.Length == 0 ? null : RegressionMeasure.Compute(
            [.. outputs.Cast<float>().Select(output => (double)output)], [.. rows.Select(row => numbers.Targets[row])]);
        return new TrainedRegressor(
            network with
            {
                Network = scaling.Fold(network.Network),
                TestOutputs = outputs,
                History = Strip(network.History),
                Final = Strip(network.Final),
            },
            recipe,
            test);
    }

    private static Action<EpochMetrics>? Strip(Action<EpochMetrics>? progress) =>
        progress is null ? null : metrics => progress(Strip(metrics));

    // Numbers have no classes that could be counted.
    private static EpochMetrics Strip(EpochMetrics metrics) =>
        metrics with { Confusion = null, ValidationConfusion = null };

    private static TrainingHistory Strip(TrainingHistory history) =>
        history with { Epochs = [.. history.Epochs.Select(Strip)] };
}
