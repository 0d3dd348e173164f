using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>The notebook's 3-5-1 network, in which every number is random.</summary>
internal static class NotebookNetwork
{
    private const int InputCount = 3;
    private const int HiddenUnits = 5;

    /// <summary>
    /// Draws inputs and parameters in the notebook's order: inputs uniform in [-100, 100), hidden biases and output
    /// bias in [0, 1), hidden and output weights in [-1, 1). A seed gives the numbers of <c>np.random.seed</c> in the
    /// notebook.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <returns>The network, with the layers hidden and output, and its inputs, [3].</returns>
    public static (Network<double> Network, double[] Inputs) Draw(uint seed)
    {
        var random = new MersenneTwister(seed);
        double[] inputs = random.NextDoubles(InputCount, -100, 100);
        double[] hiddenBias = random.NextDoubles(HiddenUnits);
        double[] outputBias = random.NextDoubles(1);

        // The notebook keeps its 15 hidden weights in a row, as [3 inputs, 5 units].
        double[] hiddenWeights = random.NextDoubles(InputCount * HiddenUnits, -1, 1);
        double[] outputWeights = random.NextDoubles(HiddenUnits, -1, 1);
        var hidden = new DenseLayer<double>(
            "hidden",
            new ReadOnlySpan2D<double>(hiddenWeights, InputCount, HiddenUnits),
            hiddenBias,
            Activation.Sigmoid);
        var output = new DenseLayer<double>(
            "output", new ReadOnlySpan2D<double>(outputWeights, HiddenUnits, 1), outputBias, Activation.Sigmoid);
        return (new Network<double>([hidden, output]), inputs);
    }
}
