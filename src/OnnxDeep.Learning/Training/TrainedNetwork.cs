using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Learning.Training;

/// <summary>A network trained on some rows, with its outputs for others.</summary>
/// <param name="Network">The trained network.</param>
/// <param name="Features">What the network's inputs are, fitted to the rows that it is trained on.</param>
/// <param name="History">The history of the training before the test.</param>
/// <param name="Final">
/// The history of the training that gave the network: the one on all rows if the recipe asks for it.
/// </param>
/// <param name="Split">The training and test rows.</param>
/// <param name="TestOutputs">
/// [test rows, outputs]: the outputs for the test rows, from a network that was not trained on them.
/// </param>
public record TrainedNetwork(
    Network<float> Network,
    FittedFeatures Features,
    TrainingHistory History,
    TrainingHistory Final,
    RowSplit Split,
    float[,] TestOutputs)
{
    /// <summary>The network that was trained on the training rows alone, if this one is trained again on all.</summary>
    internal TrainedNetwork? Twin { get; init; }

    /// <summary>The candidates of the default training with their losses; empty for other trainings.</summary>
    public IReadOnlyList<CandidateResult> Candidates { get; init => field = CellText.List(value); } =
        CellText.List<CandidateResult>([]);

    /// <summary>The candidate that the network was trained with; null for other trainings.</summary>
    internal TrainingCandidate? Chosen => Candidates.FirstOrDefault(result => result.IsChosen)?.Candidate;

    /// <summary>Splits the rows, draws the weights, trains and tests.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="examples">Rows with the targets of the recipe's layers.</param>
    /// <param name="progress">Receives each epoch of the training before the test, on this thread.</param>
    /// <param name="search">Receives the share of the comparison of candidates that is done, on this thread.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <exception cref="OnnxDeepException">The loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainedNetwork Train(
        TrainingRecipe recipe,
        TrainingExamples examples,
        Action<EpochMetrics>? progress = null,
        Action<double>? search = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(examples);
        RowSplit split = examples.Split(recipe.TestFraction, recipe.Seed, recipe.Stratified);
        TrainedNetwork tested = TrainAndTest(recipe, examples, split, progress, search, cancellationToken);
        if (!recipe.TrainsOnAllRows)
        {
            return tested;
        }

        TrainingOptions same = recipe.Training with
        {
            Epochs = tested.History.BestEpoch, ValidationFraction = 0, EarlyStopping = null,
        };
        TrainingCandidate? chosen = tested.Chosen ?? recipe.OnlyCandidate;
        (TrainingResult all, FittedFeatures features) = Fit(
            recipe with { Training = same }, chosen, examples, examples.TrainableRows, null, cancellationToken);
        return tested with { Network = all.Network, Features = features, Final = all.History, Twin = tested };
    }

    /// <summary>Trains and tests a network for each fold, one after the other.</summary>
    internal static IEnumerable<TrainedNetwork> CrossValidate(
        TrainingRecipe recipe,
        TrainingExamples examples,
        int folds,
        Action<int, EpochMetrics>? progress,
        Action<int, double>? search,
        CancellationToken cancellationToken) =>
        examples.CreateFolds(folds, recipe.Seed).Select((split, index) => TrainAndTest(
            recipe,
            examples,
            split,
            metrics => progress?.Invoke(index + 1, metrics),
            share => search?.Invoke(index + 1, share),
            cancellationToken));

    /// <summary>
    /// Trains on one part of the rows, with the best candidate if there are any, and tests on the other.
    /// </summary>
    internal static TrainedNetwork TrainAndTest(
        TrainingRecipe recipe,
        TrainingExamples examples,
        RowSplit split,
        Action<EpochMetrics>? progress,
        Action<double>? search,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<CandidateResult> candidates = recipe.Candidates.Count > 1
            ? CandidateSearch.Run(recipe, examples, split.Train.Span, search, cancellationToken)
            : [];
        TrainingCandidate? chosen = candidates.FirstOrDefault(result => result.IsChosen)?.Candidate
            ?? recipe.OnlyCandidate;
        (TrainingResult result, FittedFeatures features) = Fit(
            recipe, chosen, examples, split.Train.Span, progress, cancellationToken);
        float[,] outputs = result.Network.Forward(features.Encode(split.Test.Span), cancellationToken);
        return new TrainedNetwork(result.Network, features, result.History, result.History, split, outputs)
        {
            Candidates = candidates,
        };
    }

    // The features are fitted to the training rows only: the test rows must stay unknown.
    private static (TrainingResult Result, FittedFeatures Features) Fit(
        TrainingRecipe recipe,
        TrainingCandidate? candidate,
        TrainingExamples examples,
        ReadOnlySpan<int> rows,
        Action<EpochMetrics>? progress,
        CancellationToken cancellationToken)
    {
        FittedFeatures features = examples.Source.Fit(rows);
        Dataset data = examples.Encode(features, rows);
        if (candidate is not null)
        {
            return (
                CandidateSearch.Fit(candidate, recipe, features, data, progress, cancellationToken),
                features);
        }

        Network<float> start = recipe.Start
            ?? Networks.Network.Create(features.Width, recipe.Layers, recipe.Seed);
        return (Trainer.Fit(start, data, recipe.Training, progress, cancellationToken), features);
    }
}
