using OnnxDeep.Learning.Data;

namespace OnnxDeep.Tests.Learning.Data;

public sealed class FeatureTableTests
{
    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("inf")]
    [InlineData("x")]
    [InlineData(null)]
    public void AFirstValueThatIsNoNumberDropsTheRowAndNotTheColumn(string? first)
    {
        FeatureTable table = Fill(("x", [first, "2", "3"]), ("y", ["1", "2", "3"]));

        Assert.Equal([[2, 2], [3, 3]], table.Build().Select(row => row.Features));
        Assert.Equal(["x", "y"], table.Features);
        Assert.Empty(table.LeftOut);
        Assert.Equal("row 1", Assert.Single(table.Skipped).Example);
        string cell = string.IsNullOrEmpty(first) || first == "NA" ? "1" : $"1 ('{first}')";
        Assert.Equal($"1 of 3 rows is skipped, because a number is missing: 'x' in row {cell}.", table.Gaps);
    }

    [Fact]
    public void ColumnsWithoutNumbersAreNamedWithTheReason()
    {
        FeatureTable table = Fill(
            ("x", [1, 2, 3]),
            ("color", ["red", "blue", ""]),
            ("when", [DateTime.UnixEpoch, DateTime.UnixEpoch, DateTime.UnixEpoch]),
            ("empty", ["", null, "NA"]),
            ("huge", [1e300, 2e300, 1]));

        table.Build();

        Assert.Equal(["x"], table.Features);
        Assert.Equal(["color", "when", "empty", "huge"], table.LeftOut.Select(column => column.Name));
        Assert.Equal(
            "text in 2 of 3 rows, such as 'red' in row 1; no value in 1 of 3 rows", table.LeftOut[0].Reason);
        Assert.StartsWith(
            "values of the type DateTime in 3 of 3 rows", table.LeftOut[1].Reason, StringComparison.Ordinal);
        Assert.Equal("no value in 3 of 3 rows", table.LeftOut[2].Reason);
        Assert.StartsWith(
            "numbers that are not finite in single precision in 2 of 3 rows",
            table.LeftOut[3].Reason,
            StringComparison.Ordinal);
        Assert.Null(table.Gaps);
    }

    [Fact]
    public void TrueAndFalseAreOneAndZero()
    {
        FeatureTable table = Fill(("a", [true, false]), ("b", ["False", "TRUE"]));

        Assert.Equal([[1, 0], [0, 1]], table.Build().Select(row => row.Features));
    }

    [Fact]
    public void AColumnThatComesLaterIsFound()
    {
        var table = new FeatureTable(null, null);
        Add(table, 1, ("a", 1));
        Add(table, 2, ("b", 5), ("a", 2));
        Add(table, 3, ("a", 3), ("b", 6));

        Assert.Equal([[2, 5], [3, 6]], table.Build().Select(row => row.Features));
        Assert.Equal("1 of 3 rows is skipped, because a number is missing: 'b' in row 1.", table.Gaps);
    }

    [Theory]
    [InlineData("1,500", "2,500", 1500f)]
    [InlineData("1,500", "2500", null)]
    [InlineData("1,5", "2", null)]
    [InlineData("0,05", "0,1", null)]
    public void ACommaIsAThousandsMarkOnlyThroughoutTheColumn(string first, string second, float? expected)
    {
        FeatureTable table = Fill(("price", [first, second]));

        if (expected is float number)
        {
            Assert.Equal(number, table.Build()[0].Features[0]);
        }
        else
        {
            OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => table.Build());
            Assert.Equal(ErrorIds.NumberAmbiguous, error.ErrorId);
            Assert.StartsWith($"Row 1 has '{first}' in 'price'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WantedColumnsAreUsedWhateverTheyHave()
    {
        var table = new FeatureTable(["y", "x"], null);
        Add(table, 1, ("y", "text"), ("x", 1));
        Add(table, 2, ("y", 2), ("x", 3));
        Add(table, 3, ("y", null), ("x", 3));

        Assert.Equal([[2, 3]], table.Build().Select(row => row.Features));
        Assert.Equal("2 of 3 rows are skipped, because a number is missing: 'y' in rows 1 ('text'), 3.", table.Gaps);
    }

    [Fact]
    public void NothingToLearnFromIsAnErrorThatSaysWhatThereIs()
    {
        OnnxDeepException none = Assert.Throws<OnnxDeepException>(
            () => Fill(("color", ["red", "blue"])).Build());
        Assert.Equal(ErrorIds.NoFeatures, none.ErrorId);
        Assert.Contains("'color' has text in 2 of 2 rows", none.Message, StringComparison.Ordinal);

        OnnxDeepException gaps = Assert.Throws<OnnxDeepException>(
            () => Fill(("a", [1, 2, ""]), ("b", ["", 2, 3]), ("c", [1, "", 3])).Build());
        Assert.Equal(ErrorIds.NoFeatures, gaps.ErrorId);
        Assert.Contains("'a' in row 3; 'b' in row 1; 'c' in row 2", gaps.Message, StringComparison.Ordinal);
    }

    private static FeatureTable Fill(params (string Name, object?[] Values)[] columns)
    {
        var table = new FeatureTable(null, null);
        for (int row = 0; row < columns[0].Values.Length; row++)
        {
            Add(table, row + 1, [.. columns.Select(column => (column.Name, column.Values[row]))]);
        }

        return table;
    }

    private static void Add(FeatureTable table, int number, params (string Name, object? Value)[] cells)
    {
        table.AddRow($"row {number}", number, "k");
        foreach ((string name, object? value) in cells)
        {
            table.Add(name, value);
        }
    }
}
