using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>A classifier trained from a recipe, with its test.</summary>
public sealed record TrainedClassifier : TrainedNetwork
{
    private TrainedClassifier(TrainedNetwork network, ClassifierRecipe recipe, Decision decision, ConfusionMatrix test)
        : base(network) =>
        (Recipe, Calibration, Threshold, Test) = (recipe, decision.Calibration, decision.Threshold, test);

    /// <summary>The settings.</summary>
    public ClassifierRecipe Recipe { get; }

    /// <summary>The calibration that is part of the network; null if there is none.</summary>
    public Calibration? Calibration { get; }

    /// <summary>The minimum probability at which a single output means class 1.</summary>
    public float Threshold { get; }

    /// <summary>The probabilities of the test rows against the shares of hits; null without test rows.</summary>
    public ReliabilityCurve? Reliability { get; private init; }

    /// <summary>The same before the calibration; null if there is none.</summary>
    public ReliabilityCurve? UncalibratedReliability { get; private init; }

    /// <summary>The predictions for the test rows, from a network that was not trained on them.</summary>
    public ConfusionMatrix Test { get; }

    /// <summary>Splits the rows, draws the weights, trains and tests.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="examples">Rows with the outputs of the recipe's layers.</param>
    /// <param name="progress">Receives each epoch of the training before the test, on this thread.</param>
    /// <param name="search">Receives the share of the comparison of candidates that is done, on this thread.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    /// <exception cref="OnnxDeepException">The loss became infinite or NaN.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled.</exception>
    public static TrainedClassifier Train(
        ClassifierRecipe recipe,
        TrainingExamples examples,
        Action<EpochMetrics>? progress = null,
        Action<double>? search = null,
        CancellationToken cancellationToken = default) =>
        Measure(
            TrainedNetwork.Train(recipe, examples, progress, search, cancellationToken),
            recipe,
            examples,
            cancellationToken);

    /// <summary>
    /// Calibrates a network, chooses its threshold and counts the predicted classes of its test rows.
    /// </summary>
    internal static TrainedClassifier Measure(
        TrainedNetwork network,
        ClassifierRecipe recipe,
        TrainingExamples examples,
        CancellationToken cancellationToken = default)
    {
        TrainedNetwork tested = network.Twin ?? network;
        var decision = Decision.Find(recipe, tested, examples, cancellationToken);
        int[] truths = [.. network.Split.Test.ToArray().Select(examples.GetClass)];
        ReliabilityCurve? uncalibrated = null;
        if (decision.Calibration is Calibration calibration)
        {
            uncalibrated = MeasureReliability(network.TestOutputs, truths);
            Network<float> scaled = tested.Network.ScaleLogits(calibration.Slope, calibration.Intercept);
            network = network with
            {
                Network = network.Network.ScaleLogits(calibration.Slope, calibration.Intercept),
                TestOutputs = scaled.Forward(tested.Features.Encode(network.Split.Test.Span), cancellationToken),
            };
        }

        var matrix = new ConfusionMatrix(Math.Max(2, examples.Units)) { Labels = recipe.Labels };
        for (int i = 0; i < truths.Length; i++)
        {
            matrix.Add(
                truths[i], Classes.FromOutputs(network.TestOutputs.AsSpan2D().GetRowSpan(i), decision.Threshold));
        }

        return new TrainedClassifier(network, recipe, decision, matrix)
        {
            Reliability = MeasureReliability(network.TestOutputs, truths),
            UncalibratedReliability = uncalibrated,
        };
    }

    private static ReliabilityCurve? MeasureReliability(float[,] outputs, int[] truths)
    {
        if (truths.Length == 0)
        {
            return null;
        }

        double[][] probabilities =
        [
            .. truths.Select((_, row) => Array.ConvertAll(outputs.GetRowSpan(row).ToArray(), p => (double)p)),
        ];
        return outputs.GetLength(1) > 1
            ? ReliabilityCurve.OfMany(probabilities, truths)
            : ReliabilityCurve.OfTwo(
                [.. probabilities.Select(row => row[0])], [.. truths.Select(truth => truth == 1)]);
    }
}
