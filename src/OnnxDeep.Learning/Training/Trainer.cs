using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Trains networks with backpropagation on one thread. Eight fixed lanes, an own exponential function and no fused
/// operations give the same bits for the same network, data and options on every machine.
/// </summary>
public static class Trainer
{
    /// <summary>Trains a copy of the network.</summary>
    /// <param name="network">The network with the initial weights, which does not change.</param>
    /// <param name="data">A data set with the inputs and outputs of the network.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Receives each epoch, on this thread.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <exception cref="ArgumentException">The network, data and options do not fit each other.</exception>
    /// <exception cref="OnnxDeepException">The loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainingResult Fit(
        Network<float> network,
        Dataset data,
        TrainingOptions options,
        Action<EpochMetrics>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(network, data, options);
        DatasetSplit? split = SplitValidation(data, options);
        Dataset training = split?.Train ?? data;
        Dataset? validation = split?.Test;

        var parameters = new TrainingParameters<float>(network);
        var pass = new BatchPass<float>(
            parameters, options.Loss, Math.Min(options.BatchSize, training.Rows), cancellationToken)
        {
            ClassWeights = options.BalancesClasses ? ClassWeights.Balance(CountClasses(training)) : null,
        };
        int batches = ((training.Rows - 1) / options.BatchSize) + 1;
        IOptimizerState optimizer = options.Optimizer.Start(
            parameters.Values.Length, (long)options.Epochs * batches);
        float[] gradients = new float[parameters.Values.Length];
        var random = new DeterministicRandom(options.Seed, RandomPurpose.Shuffle);
        int[] order = [.. Enumerable.Range(0, training.Rows)];
        var epochs = new List<EpochMetrics>(Math.Min(options.Epochs, 1024));
        var best = new BestWeights(options.EarlyStopping, parameters.Values);
        while (epochs.Count < options.Epochs && !best.IsStale)
        {
            if (options.Shuffle)
            {
                random.Shuffle<int>(order);
            }

            var confusion = new ConfusionMatrix(Math.Max(2, network.Units));
            double loss = 0;
            for (int start = 0; start < order.Length; start += options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<int> batch = order.AsSpan(start, Math.Min(options.BatchSize, order.Length - start));
                loss += pass.Forward(training.Samples, batch, confusion);
                pass.Backward(training.Samples, batch, gradients);
                optimizer.Step(parameters.Values, gradients);
            }

            if (!double.IsFinite(loss))
            {
                throw new OnnxDeepException(
                    ErrorIds.TrainingDiverged,
                    $"The loss of epoch {epochs.Count + 1} is not a finite number: the steps are too large for these "
                    + "features. Lower the learning rate, or scale the features to a common range.");
            }

            var metrics = new EpochMetrics(epochs.Count + 1, loss / training.Rows, confusion);
            if (validation is not null)
            {
                metrics = Validate(metrics, validation, pass, network.Units);
                best.Consider(metrics);
            }

            epochs.Add(metrics);
            progress?.Invoke(metrics);
        }

        return new TrainingResult(
            parameters.ToNetwork(best.Values),
            new TrainingHistory(epochs, best.Epoch ?? epochs.Count, epochs.Count < options.Epochs));
    }

    /// <summary>The rows that are trained on and those of the validation; null without a validation.</summary>
    internal static DatasetSplit? SplitValidation(Dataset data, TrainingOptions options) =>
        options.ValidationFraction > 0
            ? data.Split(
                options.ValidationFraction,
                new DeterministicRandom(options.Seed, RandomPurpose.ValidationSplit),
                stratified: true)
            : null;

    internal static int[] CountClasses(Dataset data)
    {
        int[] counts = new int[Math.Max(2, data.Units)];
        for (int row = 0; row < data.Rows; row++)
        {
            counts[data.GetClass(row)]++;
        }

        return counts;
    }

    private static EpochMetrics Validate(EpochMetrics metrics, Dataset validation, BatchPass<float> pass, int units)
    {
        var confusion = new ConfusionMatrix(Math.Max(2, units));
        int[] rows = [.. Enumerable.Range(0, validation.Rows)];
        double loss = 0;
        for (int start = 0; start < validation.Rows; start += pass.BatchSize)
        {
            int count = Math.Min(pass.BatchSize, validation.Rows - start);
            loss += pass.Forward(validation.Samples, rows.AsSpan(start, count), confusion);
        }

        return metrics with { ValidationLoss = loss / validation.Rows, ValidationConfusion = confusion };
    }

    private static void Check(Network<float> network, Dataset data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Epochs, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize, nameof(options));
        LossFunctions.Check(options.Loss, network.Layers[^1].Activation);
        if (network.Inputs != data.Inputs || network.Units != data.Units)
        {
            throw new ArgumentException(
                $"The network takes {network.Inputs} inputs and gives {network.Units} outputs, "
                + $"but the data has {data.Inputs} inputs and {data.Units} outputs.",
                nameof(data));
        }

        options.Optimizer.Check();
        if (!(options.ValidationFraction >= 0 && options.ValidationFraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.ValidationFraction, "The validation fraction must be 0 or more and below 1.");
        }

        if (options.EarlyStopping is { Patience: < 0 })
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.EarlyStopping.Patience, "The patience of early stopping must be 0 or more.");
        }

        if (options.EarlyStopping is not null && options.ValidationFraction == 0)
        {
            throw new ArgumentException(
                "Early stopping needs a validation loss: set ValidationFraction above 0.", nameof(options));
        }
    }
}

/// <summary>A trained network and the history of its training.</summary>
/// <param name="Network">The network with its final weights, or with its best ones after early stopping.</param>
/// <param name="History">Loss and metrics of each epoch.</param>
public sealed record TrainingResult(Network<float> Network, TrainingHistory History);
