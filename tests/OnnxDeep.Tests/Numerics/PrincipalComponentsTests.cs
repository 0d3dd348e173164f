using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Numerics;

public sealed class PrincipalComponentsTests
{
    [Fact]
    public void PointsOnALineNeedOneComponent()
    {
        PrincipalComponents components = PrincipalComponents.Of(
            new float[,] { { 0, 0 }, { 3, 4 }, { 6, 8 }, { 9, 12 } }, 2);

        Assert.Equal(1, components.Shares[0], 1e-12);
        Assert.Equal(0, components.Shares[1], 1e-12);
        Assert.Equal([-7.5, -2.5, 2.5, 7.5], Column(components, 0).Order().Select(score => Math.Round(score, 9)));
        Assert.All(Column(components, 1), score => Assert.Equal(0, score, 1e-6));
    }

    [Theory]
    [InlineData(12, 40)]
    [InlineData(40, 12)]
    [InlineData(25, 25)]
    public void ScoresAndSharesAreThoseOfTheCovariancesEigenvectors(int rows, int dimensions)
    {
        float[,] data = Random(rows, dimensions);
        PrincipalComponents components = PrincipalComponents.Of(data, 2);

        (double[] values, double[][] vectors, double[,] centred) = Reference(data);
        for (int c = 0; c < 2; c++)
        {
            Assert.Equal(values[c] / values.Sum(), components.Shares[c], 1e-10);
            double[] expected =
            [
                .. Enumerable.Range(0, rows)
                    .Select(row => Enumerable.Range(0, dimensions).Sum(d => centred[row, d] * vectors[c][d])),
            ];
            int largest = Array.IndexOf(expected, expected.MaxBy(Math.Abs));
            double sign = Math.Sign(expected[largest]);
            for (int row = 0; row < rows; row++)
            {
                Assert.Equal(sign * expected[row], components.Scores[row, c], 1e-4);
            }
        }
    }

    [Fact]
    public void LargestScoreIsPositiveSoThatAPictureIsNotMirrored()
    {
        PrincipalComponents components = PrincipalComponents.Of(Random(30, 8), 3);

        Assert.All([0, 1, 2], c => Assert.True(Column(components, c).MaxBy(Math.Abs) > 0));
    }

    [Fact]
    public void SameRowsGiveTheSameBits()
    {
        float[,] data = Random(50, 20);

        Assert.Equal(PrincipalComponents.Of(data, 2).Scores, PrincipalComponents.Of(data, 2).Scores);
    }

    [Fact]
    public void RowsThatAreAllTheSameLieAtOnePlace()
    {
        PrincipalComponents components = PrincipalComponents.Of(
            new float[,] { { 1, 2, 3 }, { 1, 2, 3 }, { 1, 2, 3 } }, 2);

        Assert.Equal([0, 0], components.Shares);
        Assert.All(components.Scores.Cast<double>(), score => Assert.Equal(0, score));
    }

    private static double[] Column(PrincipalComponents components, int column) =>
        [.. Enumerable.Range(0, components.Scores.GetLength(0)).Select(row => components.Scores[row, column])];

    private static float[,] Random(int rows, int dimensions)
    {
        var random = new DeterministicRandom(7);
        float[,] data = new float[rows, dimensions];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < dimensions; j++)
            {
                data[i, j] = random.NextSingle(-1, 1) / (1 + j);
            }
        }

        return data;
    }

    // Jacobi rotations on the full covariance matrix: another way to compute the same numbers.
    private static (double[] Values, double[][] Vectors, double[,] Centred) Reference(float[,] data)
    {
        int rows = data.GetLength(0), dimensions = data.GetLength(1);
        double[,] centred = new double[rows, dimensions];
        double[,] covariance = new double[dimensions, dimensions];
        for (int j = 0; j < dimensions; j++)
        {
            double mean = Enumerable.Range(0, rows).Average(i => (double)data[i, j]);
            for (int i = 0; i < rows; i++)
            {
                centred[i, j] = data[i, j] - mean;
            }
        }

        for (int j = 0; j < dimensions; j++)
        {
            for (int k = 0; k < dimensions; k++)
            {
                covariance[j, k] = Enumerable.Range(0, rows).Sum(i => centred[i, j] * centred[i, k]);
            }
        }

        (double[] values, double[][] vectors) = SymmetricEigen.Decompose(covariance);
        return (values, vectors, centred);
    }
}
