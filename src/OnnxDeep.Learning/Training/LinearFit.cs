using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Fits a network without hidden layers to the minimum of its loss, summed over the rows, plus half the squared
/// weights: scikit-learn's LogisticRegression with C = 1, or its Ridge with alpha = ½ for squared errors. Each step of
/// the minimization passes over all rows once or more, and counts as an epoch.
/// </summary>
internal static class LinearFit
{
    private const int MostSteps = 200;
    private const double LargestGradient = 1e-3;

    /// <summary>Fits a network.</summary>
    /// <param name="output">The units and the activation.</param>
    /// <param name="data">The rows.</param>
    /// <param name="options">The loss to minimize and the weights of classes; the rest does not apply.</param>
    /// <param name="penalty">The factor of half the squared weights.</param>
    /// <param name="progress">Receives each step, on this thread.</param>
    /// <param name="cancellationToken">Checked for each row.</param>
    public static TrainingResult Fit(
        Dense output,
        Dataset data,
        TrainingOptions options,
        double penalty,
        Action<EpochMetrics>? progress,
        CancellationToken cancellationToken)
    {
        Network<double> start = Network.Create(data.Inputs, [output], seed: 0).Widen();
        var parameters = new TrainingParameters<double>(start);
        parameters.Values.AsSpan().Clear();
        double[] features = Array.ConvertAll(data.Samples.Features.ToArray(), double.CreateChecked);
        double[] targets = [.. data.Targets.ToArray().Cast<float>()];
        int[] rows = [.. Enumerable.Range(0, data.Rows)];
        var pass = new BatchPass<double>(parameters, options.Loss, data.Rows, cancellationToken)
        {
            ClassWeights = options.BalancesClasses ? ClassWeights.Balance(Trainer.CountClasses(data)) : null,
        };
        var confusion = new ConfusionMatrix(Math.Max(2, data.Units));

        // The mean over the rows, so that the gradient of the last pass is the one that training uses.
        double Measure(double[] point, double[] gradient)
        {
            var samples = new SampleRows<double>(features, targets, LaneMath.Pad(data.Inputs), data.Units);
            point.CopyTo(parameters.Values, 0);
            confusion = new ConfusionMatrix(Math.Max(2, data.Units));
            double sum = pass.Forward(samples, rows, confusion);
            pass.Backward(samples, rows, gradient);
            double squares = 0;
            Span<double> weights = parameters.Weights(parameters.Values, 0);
            Span<double> slopes = parameters.Weights(gradient, 0);
            for (int i = 0; i < weights.Length; i++)
            {
                squares += weights[i] * weights[i];
                slopes[i] += penalty * weights[i] / data.Rows;
            }

            return (sum + (penalty * squares / 2)) / data.Rows;
        }

        var minimum = new QuasiNewton(Measure, parameters.Values);
        var epochs = new List<EpochMetrics>();
        do
        {
            epochs.Add(new EpochMetrics(epochs.Count + 1, minimum.Value, confusion));
            progress?.Invoke(epochs[^1]);
        }
        while (minimum.Steepness * data.Rows > LargestGradient && epochs.Count < MostSteps && minimum.Step());
        return new TrainingResult(
            ToSingle(parameters.ToNetwork(minimum.Point)), new TrainingHistory(epochs, epochs.Count, false));
    }

    private static Network<float> ToSingle(Network<double> network)
    {
        DenseLayer<double> layer = network.Layers[0];
        float[,] weights = new float[layer.Inputs, layer.Units];
        for (int i = 0; i < layer.Inputs; i++)
        {
            for (int u = 0; u < layer.Units; u++)
            {
                weights[i, u] = (float)layer.Weights[i, u];
            }
        }

        float[] biases = [.. layer.Biases.ToArray().Select(bias => (float)bias)];
        return new Network<float>([new DenseLayer<float>(layer.Name, weights, biases, layer.Activation)]);
    }
}
