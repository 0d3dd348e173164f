using System.Collections.Specialized;
using System.Globalization;

namespace OnnxDeep.Tests;

/// <summary>The text of collections in a cell of a CSV file.</summary>
public sealed class CellTextTests : IDisposable
{
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public CellTextTests() => CultureInfo.CurrentCulture = new CultureInfo(string.Empty)
    {
        NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" },
    };

    public void Dispose() => CultureInfo.CurrentCulture = _culture;

    [Fact]
    public void NumbersAreInvariantAndKeepTheirPrecision()
    {
        Assert.Equal("-0.1 2.5", CellText.Of(new[] { -0.1f, 2.5f }));
        Assert.Equal("0.30000000000000004 NaN", CellText.Of(new[] { 0.1 + 0.2, double.NaN }));
        Assert.Equal("0.5 1; 2 3; -4 5", CellText.Of(new[,] { { 0.5, 1 }, { 2, 3 }, { -4, 5 } }));
        Assert.Empty(CellText.Of(Array.Empty<float>()));
    }

    [Fact]
    public void ListHasTheTextOfItsItems()
    {
        Assert.Equal("not food; food", $"{CellText.List(["not food", "food"])}");
        Assert.Equal("1 300", $"{CellText.List([1L, 300L])}");
        Assert.Equal("5 1; 0 6", $"{CellText.List<int[]>([[5, 1], [0, 6]])}");
        Assert.Equal(2, CellText.List(["a", "b"]).Length);
    }

    [Fact]
    public void ListIsNotWrappedTwice()
    {
        ShownList<string> list = CellText.List(["a"]);

        Assert.Same(list, CellText.List<string>(list));
    }

    [Fact]
    public void DictionaryHasTheTextOfItsEntriesInTheirOrder()
    {
        var entries = new OrderedDictionary<string, double> { ["z"] = 0.5, ["a"] = 2 };

        Assert.Equal("z=0.5; a=2", $"{CellText.Dictionary(entries)}");
        Assert.Equal("b=0.25; a=x", CellText.Of(new OrderedDictionary { ["b"] = 0.25, ["a"] = "x" }));
    }
}
