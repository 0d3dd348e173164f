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

    /// <summary>Computes the weighted sums of the first layer for a row of features.</summary>
    /// <param name="features">[inputs].</param>
    public double[] Sum(ReadOnlySpan<double> features)
    {
        double[] sums = _network.Layers[0].Biases.ToArray();
        for (int i = 0; i < features.Length; i++)
        {
            Add(i, features[i], sums);
        }

        return sums;
    }

    /// <summary>Adds what a feature contributes to the weighted sums of the first layer.</summary>
    /// <param name="place">The place of the feature.</param>
    /// <param name="value">Its value, or the distance from another one.</param>
    /// <param name="sums">[units of the first layer].</param>
    public void Add(int place, double value, Span<double> sums)
    {
        ReadOnlySpan<double> weights = _network.Layers[0].Weights.GetRowSpan(place);
        for (int u = 0; u < sums.Length; u++)
        {
            sums[u] += value * weights[u];
        }
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
