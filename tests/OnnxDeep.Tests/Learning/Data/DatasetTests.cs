using OnnxDeep.Learning.Data;
using OnnxDeep.Tests.Learning.Training;

namespace OnnxDeep.Tests.Learning.Data;

public sealed class DatasetTests
{
    [Fact]
    public void NotebookWordsAreFiftyAndFifty()
    {
        Assert.Equal(50, FoodWords.Foods.Count);
        Assert.Equal(50, FoodWords.Others.Count);
        Assert.Equal("apple", FoodWords.All[0]);
        Assert.Equal("river", FoodWords.All[99]);
        Assert.Equal(100, FoodWords.All.Distinct().Count());
    }

    [Theory]
    [InlineData(100, 0.3, 30)]
    [InlineData(47, 0.25, 12)]
    [InlineData(10, 0.01, 1)]
    public void TestRowsAreCountedAsScikitLearnCountsThem(int rows, double fraction, int expected)
    {
        DatasetSplit split = Samples.Blobs(rows, 3, 1, seed: 1).Split(fraction, seed: 42);

        Assert.Equal(expected, split.Test.Rows);
        Assert.Equal(rows - expected, split.Train.Rows);
        Assert.Equal(Enumerable.Range(0, rows), split.TrainRows.Concat(split.TestRows).Order());
    }

    [Fact]
    public void StratifiedSplitKeepsTheProportions()
    {
        float[,] targets = new float[90, 1];
        for (int row = 60; row < 90; row++)
        {
            targets[row, 0] = 1;
        }

        DatasetSplit split = new Dataset(new float[90, 2], targets).Split(0.3, seed: 9, stratified: true);

        Assert.Equal(9, Enumerable.Range(0, split.Test.Rows).Count(row => split.Test.GetClass(row) == 1));
        Assert.Equal(27, split.Test.Rows);
    }

    [Fact]
    public void SplitRowsAreTheRowsTheyClaimToBe()
    {
        Dataset data = Samples.Blobs(20, 4, 3, seed: 2);

        DatasetSplit split = data.Split(0.3, seed: 1, stratified: true);

        for (int i = 0; i < split.Test.Rows; i++)
        {
            Assert.Equal(
                data.Features.GetRowSpan(split.TestRows[i]).ToArray(), split.Test.Features.GetRowSpan(i).ToArray());
            Assert.Equal(data.GetClass(split.TestRows[i]), split.Test.GetClass(i));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(0.99)]
    public void FractionThatLeavesASideEmptyIsRefused(double fraction) => Assert.Throws<ArgumentOutOfRangeException>(
        () => Samples.Blobs(10, 3, 1, seed: 1).Split(fraction, seed: 1));

    [Fact]
    public void NoiseIsTheNotebooksShape()
    {
        Dataset noise = NoiseData.Create(seed: 42);

        Assert.Equal((100, 3, 1), (noise.Rows, noise.Inputs, noise.Units));
        Assert.InRange(Enumerable.Range(0, 100).Count(row => noise.GetClass(row) == 1), 30, 70);
    }

    [Fact]
    public void UnequalRowsAreRefused() =>
        Assert.Throws<ArgumentException>(() => new Dataset(new float[3, 2], new float[2, 1]));
}
