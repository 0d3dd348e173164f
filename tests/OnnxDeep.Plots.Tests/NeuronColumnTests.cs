using OnnxDeep.Plots.Pictures;

namespace OnnxDeep.Tests;

public sealed class NeuronColumnTests
{
    [Fact]
    public void ManyInputsAreShownByTheFirstAndLast()
    {
        NeuronColumn column = NeuronColumn.Create(300, 10, 0, 600, 26, isInput: true);

        Assert.Equal([0, 1, 2, 3, 4, 5, 296, 297, 298, 299], column.Shown);
        Assert.True(column.IsAbbreviated);
        Assert.Equal(3, column.Dots.Count);
        Assert.InRange(column.Dots[0], column.Y(5), column.Y(296));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(64, false)]
    public void OtherLayersAreShownWhole(int units, bool isInput)
    {
        NeuronColumn column = NeuronColumn.Create(units, 10, 0, 600, 26, isInput);

        Assert.Equal(units, column.Shown.Count);
        Assert.False(column.IsAbbreviated);
        Assert.True(column.Y(1) - column.Y(0) > 2 * column.Radius);
    }
}
