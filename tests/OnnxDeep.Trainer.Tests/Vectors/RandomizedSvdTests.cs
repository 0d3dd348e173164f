using OnnxDeep.Trainer.Vectors;

namespace OnnxDeep.Tests.Vectors;

public sealed class RandomizedSvdTests
{
    // The singular values of [[3, 0], [4, 5]] are √45 and √5 (Strang, Linear Algebra and Its Applications, 6.3).
    private static readonly float[,] s_small = { { 3, 0 }, { 4, 5 } };

    [Fact]
    public void SmallMatrixHasItsExactSingularValuesAndVectors()
    {
        (DenseMatrix u, double[] values) = Decompose(Sparse.From(s_small), 2, 4, 6, 1);

        Assert.Equal(Math.Sqrt(45), values[0], 1e-5);
        Assert.Equal(Math.Sqrt(5), values[1], 1e-5);
        Assert.Equal(1 / Math.Sqrt(10), Math.Abs(u.Row(0)[0]), 1e-5);
        Assert.Equal(3 / Math.Sqrt(10), Math.Abs(u.Row(1)[0]), 1e-5);
        Assert.Equal(u.Row(0)[0] * u.Row(1)[0] > 0, u.Row(0)[1] * u.Row(1)[1] < 0);
    }

    [Fact]
    public void RankBeyondTheMatrixIsZeros()
    {
        (DenseMatrix u, double[] values) = Decompose(Sparse.From(s_small), 8, 8, 2, 1);

        Assert.All(values[2..], value => Assert.Equal(0, value));
        Assert.Equal(0, u.Row(0)[5]);
    }

    [Fact]
    public void SameSeedGivesSameBits()
    {
        SparseMatrix matrix = Sparse.Random(200, 90, 7);

        (DenseMatrix first, double[] firstValues) = Decompose(matrix, 10, 6, 2, 3);
        (DenseMatrix second, double[] secondValues) = Decompose(matrix, 10, 6, 2, 3);

        Assert.Equal(firstValues, secondValues);
        for (int row = 0; row < first.Rows; row++)
        {
            Assert.True(first.Row(row).SequenceEqual(second.Row(row)));
        }
    }

    [Fact]
    public void LeftSingularVectorsAreOrthonormalAndTurnTheGramMatrixDiagonal()
    {
        SparseMatrix matrix = Sparse.Random(300, 60, 5);

        (DenseMatrix u, double[] values) = Decompose(matrix, 16, 24, 8, 1);
        double[,] gram = u.Gram(TestContext.Current.CancellationToken);
        double[,] image = matrix.Transpose().Multiply(u, TestContext.Current.CancellationToken)
            .Gram(TestContext.Current.CancellationToken);

        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < 8; j++)
            {
                Assert.Equal(i == j ? 1 : 0, gram[i, j], 1e-4);
                Assert.Equal(i == j ? values[i] * values[i] : 0, image[i, j], 1e-3 * values[0] * values[0]);
            }
        }
    }

    [Fact]
    public void CancelledWorkStops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => RandomizedSvd.Decompose(
            Sparse.Random(50, 50, 1), 8, 8, 2, 1, null, new CancellationToken(canceled: true)));

    private static (DenseMatrix U, double[] SingularValues) Decompose(
        SparseMatrix matrix, int rank, int oversampling, int iterations, ulong seed) => RandomizedSvd.Decompose(
            matrix, rank, oversampling, iterations, seed, null, TestContext.Current.CancellationToken);
}
