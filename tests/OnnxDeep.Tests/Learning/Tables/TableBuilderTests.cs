using System.Globalization;

using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Tests.Learning.Tables;

public sealed class TableBuilderTests
{
    private static readonly object?[] s_numbers = [3, 1, 2, 5, 4, 1];

    [Theory]
    [InlineData("number", ColumnKind.Number, 3, 1.5, "2", "1e3", "NA", null)]
    [InlineData("mostly numbers", ColumnKind.Number, "3", "1", "x", "", "4", "7")]
    [InlineData("true or false", ColumnKind.Boolean, true, "False", "TRUE", "false", "", null)]
    [InlineData("flags and numbers", ColumnKind.Number, true, false, 1, 0, "", null)]
    [InlineData("texts", ColumnKind.Category, "red", "red", "NA", "NA", "", null)]
    [InlineData("codes", ColumnKind.Category, "007", "07", "7", "007", "07", "7")]
    [InlineData("parts of a plot", ColumnKind.Category, "40_10_1", "41_10_1", "40_10_1", "41_10_1", "40_10_1", "")]
    [InlineData("sizes", ColumnKind.Category, "1", "S", "S", "M", "M", "2")]
    [InlineData("dates", ColumnKind.Date, "2025-03-01", "2025-03-02T10:30:00Z", "2024-02-29", "", "NA", "2025-1-2")]
    [InlineData("American dates", ColumnKind.Date, "12/31/2025", "1/1/2024 1:30 PM", "2/3/2025", null, null, null)]
    public void TheKindOfAColumnIsThatOfItsValues(string _, ColumnKind kind, params object?[] values) =>
        Assert.Equal(kind, Table.Find(Table.Fill(("c", values), ("x", s_numbers)), "c").Kind);

    [Fact]
    public void ObjectsOfDatesAndEnumerationsAreDatesAndCategories()
    {
        TableBuilder table = Table.Fill(
            ("time", [DateTime.UnixEpoch, new DateTimeOffset(1970, 1, 2, 2, 0, 0, TimeSpan.FromHours(2)), null, null]),
            ("day", [new DateOnly(2025, 1, 2), new DateOnly(2025, 1, 3), null, null]),
            ("weekday", [DayOfWeek.Monday, DayOfWeek.Monday, DayOfWeek.Friday, DayOfWeek.Friday]));
        TableData data = table.Build();

        Assert.Equal(
            [ColumnKind.Date, ColumnKind.Date, ColumnKind.Category], data.Columns.Select(column => column.Kind));
        Assert.Equal([86400, 1735862400], data.GetNumbers(1).ToArray());
        Assert.Equal("Friday", data.GetTexts(2)[0]);
    }

    [Fact]
    public void ColumnsThatSayNothingAreNamedWithTheReason()
    {
        TableBuilder table = Table.Fill(
            ("x", s_numbers),
            ("id", [10, 11, 15, 16, 17, 18]),
            ("code", ["a1", "b2", "c3", "d4", "e5", "f6"]),
            ("same", ["a", "a", "a", "a", "a", "a"]),
            ("one", [1, 1, 1, 1, 1, 1]),
            ("empty", ["", null, "NA", " ", "", ""]),
            ("huge", [1e300, 2e300, 1, 3e300, 1e301, 1e302]),
            ("list", [s_numbers, s_numbers, s_numbers, s_numbers, 1, 2]),
            ("note", ["not so good", "very good", "a bit better", "it is bad", "good as gold", "no idea"]));

        Assert.Equal("x", Assert.Single(table.Build().Columns).Name);
        Assert.Equal(
            [
                "id: unique ascending whole numbers, as an identifier has",
                "code: a different text in 6 of 6 rows",
                "same: the same text in all rows, 'a'",
                "one: the same value in all rows",
                "empty: no value in 6 of 6 rows",
                "huge: numbers that are not finite in 5 of 6 rows",
                "list: values of the type Object[], which are neither numbers nor text",
                "note: free text, for which word vectors are needed",
            ],
            table.LeftOut.Select(column => column.ToString()));
    }

    [Fact]
    public void AnIdentifierIsUsedIfItIsTheOnlyColumnOrNamed()
    {
        TableBuilder only = Table.Fill(("t", [1, 2, 3]), ("same", ["a", "a", "a"]));
        TableBuilder named = Table.Fill(new TableOptions { Wanted = ["t"] }, ("t", [1, 2, 3]));

        Assert.Equal("t", Assert.Single(only.Build().Columns).Name);
        Assert.StartsWith("'t' can be an identifier (unique ascending", only.Notices[0], StringComparison.Ordinal);
        Assert.Equal("same", Assert.Single(only.LeftOut).Name);
        Assert.Equal("t", Assert.Single(named.Build().Columns).Name);
        Assert.Empty(named.Notices);
    }

    [Fact]
    public void NamesThatDifferInCaseOnlyAreOneColumnWhichIsSaid()
    {
        TableBuilder table = Table.Fill(("kid", s_numbers), ("Kid", Table.Cycle(6, "a", "b")), ("x", s_numbers));

        Assert.Equal(["kid", "x"], table.Build().Columns.Select(column => column.Name));
        Assert.Equal(
            "Kid: a name that differs in case only from 'kid', which is used", Assert.Single(table.LeftOut).ToString());
    }

    [Fact]
    public void AColumnThatComesLaterIsFound()
    {
        var table = new TableBuilder(new TableOptions());
        Table.Add(table, 1, ("a", 1));
        Table.Add(table, 2, ("b", 5), ("a", 2));
        Table.Add(table, 3, ("a", 3), ("b", 6));
        Table.Add(table, 4, ("a", 1));
        TableData data = table.Build();

        Assert.Equal([[1, double.NaN], [2, 5], [3, 6], [1, double.NaN]], Rows(data));
    }

    [Theory]
    [InlineData("1,500", "2,500", 1500.0)]
    [InlineData("1,500", "2500", null)]
    [InlineData("1,5", "2", 1.5)]
    [InlineData("0,05", "0,1", 0.05)]
    [InlineData("1.234,5", "2", 1234.5)]
    [InlineData("1,5", "2.5", null)]
    [InlineData("1,5", "2.500", null)]
    public void ACommaIsReadOverAllRowsOrIsAnError(string first, string second, double? expected)
    {
        TableBuilder table = Table.Fill(("price", [first, second]));

        if (expected is double number)
        {
            Assert.Equal(number, table.Build().GetNumbers(0)[0]);
        }
        else
        {
            OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => table.Build());
            Assert.Equal(ErrorIds.NumberAmbiguous, error.ErrorId);
            Assert.StartsWith($"Row 1 has '{first}' in 'price'", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("01/02/2025", "25/02/2025", "dd/MM/yyyy", 1, 2)]
    [InlineData("01/02/2025", "02/25/2025", "MM/dd/yyyy", 2, 1)]
    [InlineData("01.02.2025", "25.02.2025 10:00", "dd.MM.yyyy", 1, 2)]
    [InlineData("1-2-2025", "2-25-2025", "MM-dd-yyyy", 2, 1)]
    public void TheOrderOfDatesIsDecidedOverAllRows(string first, string second, string format, int day, int month)
    {
        TableBuilder table = Table.Fill(("day", [first, second]));
        TableData data = table.Build();

        Assert.Equal(format, data.Columns[0].Format);
        Assert.Equal(new DateTime(2025, month, day), DateTime.UnixEpoch.AddSeconds(data.GetNumbers(0)[0]));
        Assert.Empty(table.Notices);
    }

    [Theory]
    [InlineData("01/02/2025", null, "MM/dd/yyyy", true)]
    [InlineData("01.02.2025", null, "dd.MM.yyyy", true)]
    [InlineData("01/02/2025", "dd/MM/yyyy", "dd/MM/yyyy", false)]
    [InlineData("01.02.2025", "M/d/yyyy", "MM.dd.yyyy", false)]
    public void TheOrderThatIsTakenOfTwoIsSaidOrThatOfTheCulture(
        string text, string? pattern, string format, bool isSaid)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.DateTimeFormat.ShortDatePattern = pattern ?? "none";
        var options = new TableOptions { Culture = pattern is null ? null : culture };
        TableBuilder table = Table.Fill(options, ("day", [text, "03" + text[2..]]));

        Assert.Equal(format, table.Build().Columns[0].Format);
        Assert.Equal(isSaid, table.Notices.Count == 1);
        Assert.All(table.Notices, notice => Assert.Contains($"; {format} was taken", notice, StringComparison.Ordinal));
    }

    [Fact]
    public void DatesWithoutACommonOrderAreAnErrorThatNamesTwoRows()
    {
        OnnxDeepException error = Assert.Throws<OnnxDeepException>(
            () => Table.Fill(("day", ["01/02/2025", "25/02/2025", "02/26/2025"])).Build());

        Assert.Equal(ErrorIds.DateAmbiguous, error.ErrorId);
        Assert.Contains(
            "row 2 has '25/02/2025', whose day is first, and row 3 has '02/26/2025'",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void OffsetsAreAppliedAndTheirMixingIsSaid()
    {
        TableBuilder table = Table.Fill(
            ("when", ["2025-03-01T00:30:00Z", "2025-03-02T01:30:00+02:00", "2025-03-03 02:30", "2025-03-04"]));
        TableData data = table.Build();

        Assert.Equal(
            ["2025-03-01T00:30:00", "2025-03-01T23:30:00", "2025-03-03T02:30:00", "2025-03-04T00:00:00"],
            Rows(data).Select(
                row => DateTime.UnixEpoch.AddSeconds(row[0]).ToString("s", CultureInfo.InvariantCulture)));
        Assert.StartsWith("'when' has dates with an offset from UTC, which is applied, in 2 of 4", table.Notices[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x", "text in 1 of 3 rows, such as 'x' in row 1")]
    [InlineData("inf", "numbers that are not finite in single precision in 1 of 3 rows, such as 'inf' in row 1")]
    [InlineData("", null)]
    [InlineData("NA", null)]
    [InlineData("nan", null)]
    [InlineData(null, null)]
    public void WhatIsNoNumberInAColumnOfNumbersIsMissingWhichIsSaid(string? first, string? what)
    {
        TableBuilder table = Table.Fill(("x", [first, "5", "3"]));
        TableColumn column = Table.Find(table, "x");

        Assert.Equal((1, 4), (column.Missing, column.Fill));
        Assert.Equal(what is null ? [] : [$"'x' has {what}; this counts as missing."], table.Notices);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("NA", "1")]
    [InlineData("inf", "1 ('inf')")]
    [InlineData("x", "1 ('x')")]
    public void RowsWithAMissingValueCanBeSkipped(string first, string cell)
    {
        TableBuilder table = Table.Fill(
            new TableOptions { SkipsMissing = true }, ("x", [first, "2", "3"]), ("y", ["3", "2", "3"]));
        TableData data = table.Build();

        Assert.Equal([[2, 2], [3, 3]], Rows(data));
        Assert.Equal("row 1", Assert.Single(table.Skipped).Example);
        Assert.Equal(
            $"1 of 3 rows is skipped, because a value is missing: 'x' in row {cell}.", Assert.Single(table.Notices));
    }

    [Fact]
    public void RowsWithoutATextAreSkippedToo()
    {
        TableBuilder table = Table.Fill(
            new TableOptions { SkipsMissing = true }, ("c", ["a", "", "b", "a", "b"]), ("x", [1, 2, 3, null, 1]));

        Assert.Equal(3, table.Build().Rows);
        Assert.Equal(["row 2", "row 4"], table.Skipped.Select(skipped => skipped.Example));
    }

    [Fact]
    public void NothingToLearnFromIsAnErrorThatSaysWhatThereIs()
    {
        OnnxDeepException none = Assert.Throws<OnnxDeepException>(() => Table.Fill(("same", ["a", "a"])).Build());
        Assert.Equal(ErrorIds.NoFeatures, none.ErrorId);
        Assert.Contains("'same' has the same text in all rows, 'a'", none.Message, StringComparison.Ordinal);

        OnnxDeepException blank = Assert.Throws<OnnxDeepException>(
            () => Table.Fill(new TableOptions { Wanted = ["b"] }, ("b", ["", " "])).Build());
        Assert.Equal(ErrorIds.NoFeatures, blank.ErrorId);
        Assert.Contains("'b' cannot be used: it has no value in 2 of 2 rows", blank.Message, StringComparison.Ordinal);

        OnnxDeepException gaps = Assert.Throws<OnnxDeepException>(() => Table.Fill(
            new TableOptions { SkipsMissing = true },
            ("a", [1, 2, ""]),
            ("b", ["", 2, 3]),
            ("c", [1, "", 3])).Build());
        Assert.Equal(ErrorIds.NoFeatures, gaps.ErrorId);
        Assert.Contains("'a' in row 3; 'b' in row 1; 'c' in row 2", gaps.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FreeTextHasTheFeaturesOfItsWords()
    {
        var text = new TextFeatures(
            2, written => written.ToUpperInvariant(), (words, features) => features[0] = words.Length, _ => true);
        TableData data = Table.Fill(
            new TableOptions { Text = text },
            ("note", ["it is bad", "it is good", "so and so", "it is"]),
            ("kind", ["ab", "abc", "", "a"]),
            ("c", ["r", "r", "s", "s"])).Build();

        Assert.Equal(
            [ColumnKind.Text, ColumnKind.Text, ColumnKind.Category], data.Columns.Select(column => column.Kind));
        Assert.Equal(["IT IS BAD", "AB", "r"], data.GetTexts(0).ToArray());
        Assert.Equal(new float[,] { { 1, 0, 9, 0, 2, 0 }, { 1, 0, 10, 0, 3, 0 } }, Table.Fit(data).Encode([0, 1]));
    }

    [Fact]
    public void RareTextsOfManyAreUnknownWhichIsSaid()
    {
        object?[] texts = [.. Enumerable.Range(0, 700).Select(row => (object?)$"c{(row < 600 ? row % 300 : row)}")];
        TableBuilder table = Table.Fill(("c", texts));
        TableColumn column = Table.Find(table, "c");

        Assert.Equal(TableOptions.MostCategories, column.Categories.Count);
        Assert.All(column.Categories, category => Assert.Equal(2, category.Count));
        Assert.Equal(
            "'c' has 400 different texts; the 250 most frequent are categories, and the others are unknown.",
            Assert.Single(table.Notices));
    }

    [Fact]
    public void MoreFeaturesThanAModelCanHaveAreAnError()
    {
        var text = new TextFeatures(1 << 19, words => words, (_, _) => { }, _ => true);
        OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => Table.Fill(
            new TableOptions { Text = text },
            ("a", ["x y", "y z"]), ("b", ["x y", "y z"]), ("c", ["x y", "y z"])).Build());

        Assert.Equal(ErrorIds.TooManyFeatures, error.ErrorId);
        Assert.Contains("1,572,864 features, but at most 1,048,576", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DigestsOfCategoriesAreThoseThatOtherProgramsCompute()
    {
        // printf 'colour\nred' | sha256sum
        TableBuilder table = Table.Fill(
            new TableOptions { HashesCategories = true }, ("colour", ["red", "red", "blue", "blue", ""]));
        TableColumn column = Table.Find(table, "colour");

        Assert.True(column.IsHashed);
        Assert.Equal(
            [
                "803e7bb69d48a00c9ef9a93c03ca72c5478141de5fce45b0e4eeec7fbd6303d0",
                "fbf98fb5695e7730e8ed8ca6622dc51b15e5db2f5bb9401f9a42df60dbf7c7b1",
            ],
            column.Categories.Select(category => category.Value));
        Assert.Equal(1, column.Missing);
    }

    private static IEnumerable<double[]> Rows(TableData data) =>
        Enumerable.Range(0, data.Rows).Select(row => data.GetNumbers(row).ToArray());
}
