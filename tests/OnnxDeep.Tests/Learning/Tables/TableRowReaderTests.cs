using System.Globalization;

using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Tests.Learning.Tables;

public sealed class TableRowReaderTests
{
    private readonly double[] _numbers = new double[3];
    private readonly string[] _texts = new string[2];

    [Fact]
    public void RowsOfTheTrainingAreReadAsInTheTraining()
    {
        (string Name, object?[] Values)[] columns =
        [
            ("price", ["1,5", "2", "", "0,25", "1.234,5"]),
            ("day", ["25/12/2025", "01/02/2025 10:30 PM", "03/04/2024", "NA", "05/06/2025"]),
            ("code", ["007", "7", "7", "007", "\ud800"]),
            ("flag", ["true", "False", "", "TRUE", "false"]),
            ("note", ["so so bad", "very very good", "it is", "not at all", "a b"]),
        ];
        var text = new TextFeatures(1, words => words.ToUpperInvariant(), (_, _) => { }, _ => true);
        TableData data = Table.Fill(new TableOptions { Text = text }, columns).Build();
        var reader = new TableRowReader(Table.FitAll(data), text.Normalize);

        Assert.Equal(5, data.Columns.Count);
        for (int row = 0; row < data.Rows; row++)
        {
            for (int column = 0; column < columns.Length; column++)
            {
                object? value = columns[column].Values[row];
                CellState expected = value is "" or "NA" ? CellState.Missing : CellState.Value;
                Assert.Equal(expected, reader.Read(column, value, _numbers, _texts));
            }

            Assert.Equal(data.GetNumbers(row).ToArray(), _numbers);
            Assert.Equal(data.GetTexts(row).ToArray(), _texts);
        }
    }

    [Fact]
    public void TypedValuesAreReadLikeTheirText()
    {
        TableRowReader reader = Reader();

        Assert.Equal(CellState.Value, reader.Read(0, 2m, _numbers, _texts));
        Assert.Equal(CellState.Value, reader.Read(1, new DateTime(2025, 1, 2), _numbers, _texts));
        Assert.Equal(CellState.Value, reader.Read(2, 7.0, _numbers, _texts));
        Assert.Equal(CellState.Value, reader.Read(3, 1, _numbers, _texts));
        Assert.Equal([2, 1735776000, 1], _numbers);
        Assert.Equal("7", _texts[0]);
    }

    [Theory]
    [InlineData(0, "abc", "'x' has 'abc', which is not a finite number.")]
    [InlineData(0, "inf", "'x' has 'inf', which is not a finite number.")]
    [InlineData(0, 1e300, "'x' has '1E+300', which is not a finite number.")]
    [InlineData(0, "1,5", "'x' has '1,5', whose comma can be a decimal comma or a thousands mark.*")]
    [InlineData(0, "1,500", "'x' has '1,500', whose comma can be a decimal comma or a thousands mark.*")]
    [InlineData(1, "01/02/2025", "'day' has '01/02/2025', which is not a date such as yyyy-MM-dd.")]
    [InlineData(1, 5, "'day' has '5', which is not a date such as yyyy-MM-dd.")]
    [InlineData(3, "yes", "'flag' has 'yes', which is not true or false.")]
    [InlineData(3, 2, "'flag' has '2', which is not true or false.")]
    public void AnInvalidValueIsMissingAndExplained(int column, object value, string explanation)
    {
        TableRowReader reader = Reader();

        Assert.Equal(CellState.Invalid, reader.Read(column, value, _numbers, _texts));
        Assert.Equal(double.NaN, _numbers[column == 3 ? 2 : column]);
        string explained = reader.Explain(column, value);
        Assert.StartsWith(explanation.TrimEnd('*'), explained, StringComparison.Ordinal);
        Assert.True(explanation.EndsWith('*') || explanation == explained);
    }

    [Fact]
    public void AnUnknownCategoryIsToldFromAMissingOne()
    {
        TableRowReader reader = Reader();

        Assert.Equal(CellState.Unknown, reader.Read(2, "purple", _numbers, _texts));
        Assert.Equal("purple", _texts[0]);
        Assert.Equal(CellState.Missing, reader.Read(2, " ", _numbers, _texts));
        Assert.Equal(string.Empty, _texts[0]);
        Assert.Equal(CellState.Invalid, reader.Read(2, _numbers, _numbers, _texts));
    }

    [Fact]
    public void HashedCategoriesAreLookedUpByTheirDigest()
    {
        var options = new TableOptions { HashesCategories = true };
        TableSchema schema = Table.FitAll(Table.Fill(options, ("c", ["a", "a", "b", "b"])).Build());
        var reader = new TableRowReader(schema);

        Assert.Equal(CellState.Value, reader.Read(0, "a", _numbers, _texts));
        Assert.Equal(CategoryText.Hash("c", "a"), _texts[0]);
        Assert.Equal(CellState.Unknown, reader.Read(0, "c", _numbers, _texts));
    }

    [Fact]
    public void ThousandsMarksAreReadIfTheTrainingHadThem()
    {
        var reader = new TableRowReader(Table.FitAll(Table.Fill(("x", ["1,500", "2,500", "900"])).Build()));

        Assert.Equal(CellState.Value, reader.Read(0, "3,500", _numbers, _texts));
        Assert.Equal(3500, _numbers[0]);
    }

    [Fact]
    public void ACultureThatTheMachineLacksIsAnError()
    {
        var schema = new TableSchema([new() { Name = "x", Kind = ColumnKind.Number, Culture = "no culture" }]);
        OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => new TableRowReader(schema));

        Assert.Equal(ErrorIds.CultureMissing, error.ErrorId);
        Assert.Contains("'x' in the format of the culture 'no culture'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersAreReadWithoutAllocation()
    {
        var reader = new TableRowReader(Table.FitAll(Table.Fill(("x", [1, 2.5, 2])).Build()));
        object number = 1.5;
        string text = 2.5.ToString(CultureInfo.InvariantCulture);
        reader.Read(0, number, _numbers, _texts);
        reader.Read(0, text, _numbers, _texts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            reader.Read(0, number, _numbers, _texts);
            reader.Read(0, text, _numbers, _texts);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    private static TableRowReader Reader() => new(Table.FitAll(Table.Fill(
        ("x", [1, 2.5, 2]),
        ("day", ["2025-01-01", "2025-02-01", "2025-03-01"]),
        ("c", ["7", "red", "red"]),
        ("flag", [true, false, true])).Build()));
}
