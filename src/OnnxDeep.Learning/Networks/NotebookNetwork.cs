using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>The notebook's 3-5-1 network with every number random.</summary>
public static class NotebookNetwork
{
    private const int InputCount = 3;
    private const int HiddenUnits = 5;

    /// <summary>
    /// Draws inputs and parameters in the notebook's order: inputs uniform in [-100, 100), hidden biases and output
    /// bias in [0, 1), hidden and output weights in [-1, 1). A seed gives what <c>np.random.seed</c> gives the
    /// notebook.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <returns>The network, layers hidden and output, and its inputs, [3].</returns>
    public static (PreciseNetwork Network, double[] Inputs) Draw(uint seed)
    {
        var random = new MersenneTwister(seed);
        double[] inputs = random.NextDoubles(InputCount, -100, 100);
        double[] hiddenBias = random.NextDoubles(HiddenUnits);
        double[] outputBias = random.NextDoubles(1);
        double[] hiddenWeights = random.NextDoubles(InputCount * HiddenUnits, -1, 1);
        double[] outputWeights = random.NextDoubles(HiddenUnits, -1, 1);
        var network = new PreciseNetwork(
        [
            new PreciseLayer("hidden", ToMatrix(hiddenWeights, HiddenUnits), hiddenBias, Activation.Sigmoid),
            new PreciseLayer("output", ToMatrix(outputWeights, 1), outputBias, Activation.Sigmoid),
        ]);
        return (network, inputs);
    }

    /// <summary>
    /// Rows of so many numbers: the notebook keeps its 15 hidden weights as [3 inputs, 5 units] in a row.
    /// </summary>
    private static double[,] ToMatrix(double[] values, int columns)
    {
        double[,] matrix = new double[values.Length / columns, columns];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return matrix;
    }
}
