using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Explanation;
using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Inference.Explanation;

/// <summary>
/// Explains an output of a network by the parts that add up to the weighted sums of its first layer, such as the
/// columns of a row or the words of a term. Thread-safe.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="isSingle">Whether its only output is the probability of the second of two classes.</param>
internal sealed class PartExplainer(Network<float> network, bool isSingle)
{
    private readonly Network<double> _network = network.Widen();

    /// <summary>The number of features.</summary>
    public int Inputs => _network.Inputs;

    /// <summary>Computes the weighted sums of the first layer for a row of features.</summary>
    /// <param name="features">[inputs].</param>
    public double[] Sum(ReadOnlySpan<double> features)
    {
        double[] sums = Multiply(features, 0, features.Length);
        for (int u = 0; u < sums.Length; u++)
        {
            sums[u] += _network.Layers[0].Biases[u];
        }

        return sums;
    }

    /// <summary>Computes what some features add to the weighted sums of the first layer.</summary>
    /// <param name="features">The values of features that follow each other.</param>
    /// <param name="first">The place of the first of them.</param>
    /// <param name="count">Their number.</param>
    public double[] Multiply(ReadOnlySpan<double> features, int first, int count)
    {
        ReadOnlySpan2D<double> weights = _network.Layers[0].Weights;
        double[] sums = new double[_network.Layers[0].Units];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<double> row = weights.GetRowSpan(first + i);
            for (int u = 0; u < sums.Length && features[i] != 0; u++)
            {
                sums[u] += features[i] * row[u];
            }
        }

        return sums;
    }

    /// <summary>Explains an output.</summary>
    /// <param name="baseline">The weighted sums of the row to compare with.</param>
    /// <param name="shares">What each part adds to them.</param>
    /// <param name="output">The class, or the output of a network that predicts numbers.</param>
    /// <param name="ofLogit">Whether to explain the output before its activation.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>One contribution for each part.</returns>
    public Attribution Explain(
        double[] baseline,
        IReadOnlyList<double[]> shares,
        int output,
        bool ofLogit,
        CancellationToken cancellationToken)
    {
        double[] end = [.. baseline];
        foreach (double[] share in shares)
        {
            for (int u = 0; u < end.Length; u++)
            {
                end[u] += share[u];
            }
        }

        Attribution units = IntegratedGradients.ComputeGradients(
            _network.Layers, baseline, end, isSingle ? 0 : output, ofLogit, cancellationToken);
        double[] contributions =
            [.. shares.Select(share => share.Zip(units.Contributions, (sum, gradient) => sum * gradient).Sum())];
        if (!isSingle || output == 1)
        {
            return units with { Contributions = contributions };
        }

        // The first of two classes has the rest of the probability, and the opposite logit.
        double whole = ofLogit ? 0 : 1;
        return new Attribution(
            Array.ConvertAll(contributions, contribution => -contribution),
            whole - units.Output,
            whole - units.BaselineOutput);
    }
}
