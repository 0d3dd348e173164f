using OnnxDeep.Learning.Explanation;

namespace OnnxDeep.Tests.Learning.Explanation;

public sealed class PermutationImportanceTests
{
    // y = 2a - 3b + d exactly, so a shuffle of column j adds 2·w²·variance on average, and an unused column nothing.
    [Fact]
    public void ImportanceIsTheMeanLossOfScore()
    {
        const int Rows = 200;
        var random = new Random(5);
        double[] weights = [2, -3, 0, 1];
        double[][] columns =
            [.. weights.Select(_ => Enumerable.Range(0, Rows).Select(_ => random.NextDouble()).ToArray())];
        double Score(int column, int[] order)
        {
            double sum = 0;
            for (int row = 0; row < Rows; row++)
            {
                double error = column < 0 ? 0 : weights[column] * (columns[column][order[row]] - columns[column][row]);
                sum += error * error;
            }

            return -sum / Rows;
        }

        IReadOnlyList<ShuffledColumn> found =
            PermutationImportance.Compute(["a", "b", "c", "d"], Rows, Score, repeats: 100, seed: 1);

        for (int j = 0; j < weights.Length; j++)
        {
            double mean = columns[j].Average();
            double variance = columns[j].Average(x => (x - mean) * (x - mean));
            double expected = 2 * weights[j] * weights[j] * variance;
            Assert.Equal(expected, found[j].Importance, 0.02 * expected + 1e-15);
        }

        Assert.Equal(0, found[2].StandardDeviation);
        Assert.True(found[1].StandardDeviation > 0);
        Assert.Equal(100, found[0].Drops.Length);
    }

    [Fact]
    public void SameSeedGivesTheSameShuffles()
    {
        static double Score(int column, int[] order) => order[0];

        double[] Drops(ulong seed) =>
            [.. PermutationImportance.Compute(["a", "b"], 50, Score, 5, seed).SelectMany(found => found.Drops)];

        Assert.Equal(Drops(3), Drops(3));
        Assert.NotEqual(Drops(3), Drops(4));
    }

    [Fact]
    public void ASeedAndTheNextOneDoNotShareShuffles()
    {
        static double Score(int column, int[] order) => order[0];

        IReadOnlyList<ShuffledColumn> first = PermutationImportance.Compute(["a", "b"], 5000, Score, 8, 1);
        IReadOnlyList<ShuffledColumn> second = PermutationImportance.Compute(["a", "b"], 5000, Score, 8, 2);

        Assert.NotEqual(first[1].Drops, second[0].Drops);
    }
}
