using System.Globalization;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// A way to fit a network, one of several that the default training compares: without hidden layers, at the minimum of
/// the loss plus half the squared weights; or with hidden layers, by Adam with decoupled decay, a learning rate that
/// falls to 0 and batches of 32 rows.
/// </summary>
/// <param name="Name">A short name, such as "linear" or "64 units, decay 1".</param>
public sealed record TrainingCandidate(string Name)
{
    private const int BatchSize = 32;

    /// <summary>The units of the hidden layers; none for the linear candidate.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>The factor of half the squared weights of the linear candidate, scikit-learn's 1/C.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>The learning rate at the start.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>The decoupled decay.</summary>
    public double Decay { get; init; }

    /// <summary>The number of steps without those for the rows.</summary>
    public int Steps { get; init; } = 600;

    /// <summary>The additional steps for each row.</summary>
    public double StepsPerRow { get; init; }

    private Adam Optimizer => new(LearningRate) { Decay = Decay, FallsToZero = true };

    /// <summary>The candidates of the default training.</summary>
    public static IReadOnlyList<TrainingCandidate> Default { get; } =
    [
        new("linear"),
        new("64 units, decay 1") { Hidden = [64], LearningRate = 0.003, Decay = 1, Steps = 600, StepsPerRow = 0.5 },
        new("64 units, decay 0.1") { Hidden = [64], LearningRate = 0.01, Decay = 0.1, Steps = 1500 },
    ];

    /// <summary>The candidates of a wider search: other penalties, units, layers and decays.</summary>
    public static IReadOnlyList<TrainingCandidate> Wide { get; } =
    [
        .. Default,
        new("linear, penalty 10") { Penalty = 10 },
        new("linear, penalty 0.1") { Penalty = 0.1 },
        new("linear, penalty 0.01") { Penalty = 0.01 },
        new("16 units, decay 0.1") { Hidden = [16], LearningRate = 0.01, Decay = 0.1, Steps = 1500 },
        new("64 units, decay 3") { Hidden = [64], LearningRate = 0.003, Decay = 3, Steps = 600, StepsPerRow = 0.5 },
        new("64 units, long") { Hidden = [64], LearningRate = 0.01, Decay = 0.1, Steps = 3000, StepsPerRow = 1 },
        new("128 units, decay 1") { Hidden = [128], LearningRate = 0.003, Decay = 1, Steps = 600, StepsPerRow = 0.5 },
        new("128 units, decay 0.1") { Hidden = [128], LearningRate = 0.01, Decay = 0.1, Steps = 1500 },
        new("64-32 units, decay 1")
        {
            Hidden = [64, 32], LearningRate = 0.003, Decay = 1, Steps = 600, StepsPerRow = 0.5,
        },
        new("64-32 units, decay 0.1") { Hidden = [64, 32], LearningRate = 0.01, Decay = 0.1, Steps = 1500 },
    ];

    /// <summary>The layers of the network.</summary>
    /// <param name="output">The last layer.</param>
    public IReadOnlyList<Dense> CreateLayers(Dense output) =>
        [.. Hidden.Select(units => new Dense(units, Activation.ReLU)), output];

    /// <summary>Describes the optimizer as culture-invariant text.</summary>
    public IReadOnlyDictionary<string, string> Describe()
    {
        if (Hidden.Count == 0)
        {
            return new Dictionary<string, string>
            {
                ["optimizer"] = "L-BFGS", ["penalty"] = Penalty.ToString(CultureInfo.InvariantCulture),
            };
        }

        return new Dictionary<string, string>(Optimizer.Describe())
        {
            ["batch_size"] = BatchSize.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Fits a network to rows.</summary>
    internal TrainingResult Fit(
        Dense output,
        Dataset data,
        TrainingOptions options,
        Action<EpochMetrics>? progress,
        CancellationToken cancellationToken)
    {
        if (Hidden.Count == 0)
        {
            return LinearFit.Fit(output, data, options, Penalty, progress, cancellationToken);
        }

        int batches = ((data.Rows - 1) / BatchSize) + 1;
        int steps = Steps + (int)(StepsPerRow * data.Rows);
        TrainingOptions own = options with
        {
            Epochs = ((steps - 1) / batches) + 1,
            BatchSize = BatchSize,
            Optimizer = Optimizer,
            ValidationFraction = 0,
            EarlyStopping = null,
        };
        Network<float> start = Network.Create(data.Inputs, CreateLayers(output), options.Seed);
        return Trainer.Fit(start, data, own, progress, cancellationToken);
    }
}

/// <summary>A candidate with its loss on rows that it was not trained on.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Loss">The mean loss over the rows; the smallest is chosen.</param>
/// <param name="IsChosen">Whether the network was trained this way.</param>
public sealed record CandidateResult(TrainingCandidate Candidate, double Loss, bool IsChosen)
{
    /// <summary>The name and the loss.</summary>
    public override string ToString() => FormattableString.Invariant($"{Candidate}: loss {Loss:F4}")
        + (IsChosen ? ", chosen" : string.Empty);
}
