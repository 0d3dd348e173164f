using OnnxDeep.Numerics;
using OnnxDeep.Tests.Words.Table;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Lookup;

public sealed class SimilaritySearchTests
{
    [Theory]
    [InlineData(VectorElementType.Float32)]
    [InlineData(VectorElementType.Float16)]
    [InlineData(VectorElementType.Int8)]
    public void FindsWhatASlowSearchFinds(VectorElementType elementType)
    {
        // Two blocks of rows, and a width that is not a multiple of the lanes.
        using var file = new TemporaryTable(elementType, rows: 3000, dimensions: 37);
        using WordVectorTable table = WordVectorTable.Open(file.Path);
        float[] query = Vector(table, 2500);

        Neighbor[] found = new SimilaritySearch(table).Find(
            query, 12, cancellationToken: TestContext.Current.CancellationToken);

        (string Key, double Similarity)[] expected =
        [
            .. Enumerable.Range(0, table.RowCount)
                .Select(row => (Key: table.GetKey(row), Similarity: Cosine(query, Vector(table, row))))
                .OrderByDescending(pair => pair.Similarity)
                .Take(12),
        ];
        Assert.Equal(expected.Select(pair => pair.Key), found.Select(neighbor => neighbor.Key));
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First.Similarity, pair.Second.Similarity, 1e-5));
        Assert.Equal(1, found[0].Similarity, 1e-6);
    }

    [Fact]
    public void ExcludedRowsAreLeftOutAndARowHasOneNeighbor()
    {
        using var file = new TemporaryTable(VectorElementType.Int8);
        using WordVectorTable table = WordVectorTable.Open(file.Path);
        float[] query = Vector(table, 0);
        var search = new SimilaritySearch(table);

        Neighbor[] all = search.Find(query, 100, cancellationToken: TestContext.Current.CancellationToken);
        Neighbor[] others = search.Find(query, 100, [0], TestContext.Current.CancellationToken);

        Assert.Equal("k0", all[0].Key);
        Assert.Equal(table.RowCount, all.Length);
        Assert.Equal(all[1..], others);
    }

    [Fact]
    public void EqualSimilaritiesStandInTheOrderOfTheRows()
    {
        var top = new SimilaritySearch.TopRows(3);
        foreach (int row in new[] { 4, 2, 9, 1 })
        {
            top.Add(0.5f, row);
        }

        top.Add(0.7f, 8);

        Assert.Equal([8, 1, 2], top.Rows.ToArray().Select(entry => entry.Row));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(300)]
    public void KernelsAgreeWithScalarSums(int length)
    {
        var random = new DeterministicRandom(3);
        float[] query = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle(-1, 1))];
        sbyte[] bytes = [.. Enumerable.Range(0, length).Select(_ => (sbyte)(random.Next(255) - 127))];
        float[] floats = [.. bytes.Select(value => (float)value)];
        double expected = 0;
        for (int i = 0; i < length; i++)
        {
            expected += (double)query[i] * bytes[i];
        }

        Assert.Equal(expected, VectorMath.DotInt8(query, bytes), 1e-2);
        Assert.Equal(VectorMath.DotInt8(query, bytes), VectorMath.DotFloat32(query, floats));
    }

    [Fact]
    public void QueryWithoutLengthHasNoNeighbors()
    {
        using var file = new TemporaryTable(VectorElementType.Float32);
        using WordVectorTable table = WordVectorTable.Open(file.Path);

        Assert.Empty(new SimilaritySearch(table).Find(
            new float[table.Dimensions], 5, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void QueryOfAnotherWidthIsRefusedAndCancellationHeard()
    {
        using var file = new TemporaryTable(VectorElementType.Float32);
        using WordVectorTable table = WordVectorTable.Open(file.Path);
        var search = new SimilaritySearch(table);

        Assert.Throws<ArgumentException>(() => search.Find(
            new float[3], 5, cancellationToken: TestContext.Current.CancellationToken));
        Assert.ThrowsAny<OperationCanceledException>(() =>
            search.Find(Vector(table, 1), 5, cancellationToken: new CancellationToken(canceled: true)));
    }

    private static float[] Vector(WordVectorTable table, int row)
    {
        float[] vector = new float[table.Dimensions];
        table.CopyVector(row, vector);
        return vector;
    }

    private static double Cosine(float[] a, float[] b)
    {
        double dot = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        return dot / Math.Sqrt(aa * bb);
    }
}
