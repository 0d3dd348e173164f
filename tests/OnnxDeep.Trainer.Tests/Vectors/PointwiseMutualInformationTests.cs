using OnnxDeep.Trainer.Vectors;

namespace OnnxDeep.Tests.Vectors;

public sealed class PointwiseMutualInformationTests
{
    private static readonly float[,] s_counts = { { 4, 0 }, { 1, 3 } };

    [Fact]
    public void PlainCountsGiveTheTextbookFigures()
    {
        SparseMatrix information = PointwiseMutualInformation.Positive(Sparse.From(s_counts), 1);

        // 4·8/(4·5) = 1.6; 1·8/(4·5) is below 1 and is dropped; 3·8/(4·3) = 2.
        Assert.Equal(2, information.EntryCount);
        Assert.Equal([0], information.Indices(0).ToArray());
        Assert.Equal([1], information.Indices(1).ToArray());
        Assert.Equal(Math.Log(1.6), information.Values(0)[0], 1e-6);
        Assert.Equal(Math.Log(2), information.Values(1)[0], 1e-6);
    }

    [Fact]
    public void SmoothedContextsCountByTheirPower()
    {
        SparseMatrix information = PointwiseMutualInformation.Positive(Sparse.From(s_counts), 0.5);

        // √5 + √3 replaces the sum of all contexts.
        double total = Math.Sqrt(5) + Math.Sqrt(3);
        Assert.Equal(Math.Log(4 * total / (4 * Math.Sqrt(5))), information.Values(0)[0], 1e-6);
        Assert.Equal(Math.Log(3 * total / (4 * Math.Sqrt(3))), information.Values(1)[0], 1e-6);
    }
}
