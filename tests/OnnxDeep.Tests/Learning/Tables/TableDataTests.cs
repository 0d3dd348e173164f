using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Tests.Learning.Tables;

public sealed class TableDataTests
{
    [Fact]
    public void NumbersWithoutGapsHaveTheBitsOfStandardization()
    {
        var random = new Random(7);
        object? Value(int row, int column) =>
            column == 4 ? row % 2 == 0 : 1000 + (random.NextDouble() * Math.Pow(10, column));
        object?[][] columns =
        [
            .. Enumerable.Range(0, 5).Select(
                column => Enumerable.Range(0, 97).Select(row => Value(row, column)).ToArray()),
        ];
        TableData data = Table.Fill([.. columns.Select((values, i) => ($"c{i}", values))]).Build();
        int[] train = [.. Enumerable.Range(0, 97).OrderBy(_ => random.Next()).Take(60)];
        FittedFeatures fitted = data.Fit(train);
        float[,] raw = new float[97, 5];
        for (int row = 0; row < 97; row++)
        {
            for (int column = 0; column < 5; column++)
            {
                raw[row, column] = Convert.ToSingle(columns[column][row], null);
            }
        }

        var all = new Dataset(raw.AsSpan2D(), new float[97, 1].AsSpan2D());
        Standardization scaling = Standardization.Of(all.Select(train).Features);

        Assert.False(fitted.Schema!.NeedsDouble);
        Assert.Equal(scaling.Mean, fitted.Schema.Columns.Select(column => (float)column.Mean));
        Assert.Equal(scaling.Scale, fitted.Schema.Columns.Select(column => (float)column.Scale));
        float[,] features = fitted.Encode([.. Enumerable.Range(0, 97)]);
        for (int row = 0; row < 97; row++)
        {
            scaling.Apply(raw.GetRowSpan(row));
        }

        Assert.Equal(raw, features);
    }

    [Fact]
    public void TheMedianOfAnEvenNumberOfWholeNumbersIsExact()
    {
        TableColumn column = Table.Find(Table.Fill(("credit", [2318, 5000, "", 33, 2321, 18, 9000, null])), "credit");

        Assert.Equal(2319.5, column.Fill);
        Assert.Equal((2, 18.0, 9000.0), (column.Missing, column.Minimum, column.Maximum));
    }

    [Fact]
    public void AMissingNumberIsTheMedianAndAFeature()
    {
        TableData data = Table.Fill(("x", [1, 5, 3, null]), ("b", [true, true, false, ""])).Build();
        FittedFeatures fitted = Table.Fit(data);
        float scale = (float)Math.Sqrt(2);
        float flag = (float)Math.Sqrt(0.1875);

        Assert.Equal(["x", "b", "x is missing", "b is missing"], fitted.Schema!.Sources.Select(source => source.Name));
        Assert.Equal(
            new float[,]
            {
                { -2 / scale, 0.25f / flag, 0, 0 }, { 2 / scale, 0.25f / flag, 0, 0 },
                { 0, -0.75f / flag, 0, 0 }, { 0, 0.25f / flag, 1, 1 },
            },
            fitted.Encode([0, 1, 2, 3]));
    }

    [Fact]
    public void StatisticsAndCategoriesAreThoseOfTheTrainingRowsOnly()
    {
        TableData data = Table.Fill(("x", [1, 3, 99, null]), ("c", ["b", "a", "c", "a"])).Build();
        FittedFeatures fitted = data.Fit([0, 1]);
        TableColumn x = fitted.Schema!.Columns[0];

        Assert.Equal((2.0, 1.0, 0, false), (x.Mean, x.Scale, x.Missing, x.HasMissingFeature));
        Assert.Equal([new("a", 1), new("b", 1)], fitted.Schema.Columns[1].Categories);
        Assert.Equal(
            new float[,] { { -1, 0, 1 }, { 1, 1, 0 }, { 97, 0, 0 }, { 0, 1, 0 } }, fitted.Encode([0, 1, 2, 3]));
    }

    [Fact]
    public void NumbersThat32BitsCannotTellApartAreSubtractedIn64()
    {
        object?[] seconds = [.. Enumerable.Range(1, 60).Select(row => (object?)(1_700_000_000 + row))];
        TableData data = Table.Fill(("t", seconds), ("x", Table.Cycle(60, 1, 2, 3.5))).Build();
        FittedFeatures fitted = Table.Fit(Table.Fill(("t", seconds)).Build());
        float[,] features = fitted.Encode([.. Enumerable.Range(0, 60)]);

        Assert.True(fitted.Schema!.NeedsDouble);
        Assert.Equal("x", Assert.Single(data.Columns).Name);
        Assert.False(data.Columns[0].NeedsDouble);
        Assert.Equal(60, features.Cast<float>().Distinct().Count());
        Assert.Equal(-1.70342, features[0, 0], 5);
        Assert.Equal(1.70342, features[59, 0], 5);
    }

    [Fact]
    public void NumbersStayAsTheyAreIfTheyAreNotToBeStandardised()
    {
        TableData data = Table.Fill(new TableOptions { KeepsNumbers = true }, ("x", [3, 0.5, 4, null])).Build();

        Assert.Equal(new float[,] { { 3, 0 }, { 0.5f, 0 }, { 4, 0 }, { 3, 1 } }, Table.Fit(data).Encode([0, 1, 2, 3]));
    }

    [Fact]
    public void OnlyThePartsOfADateThatDifferAreFeatures()
    {
        static DateParts Parts(params object?[] values) => Table.Find(Table.Fill(("d", values)), "d").DateParts;

        Assert.Equal(DateParts.Trend, Parts("2025-03-03", "2025-03-10", ""));
        Assert.Equal(DateParts.Trend | DateParts.Weekday, Parts("2025-03-03", "2025-03-11"));
        Assert.Equal(DateParts.Trend | DateParts.DayCycle, Parts("2025-03-03T08:00", "2025-03-10T09:00"));
        Assert.Equal(DateParts.Trend | DateParts.YearCycle, Parts("2025-03-03", "2026-03-02"));
    }

    [Fact]
    public void CategoriesOfTheFixtureAreTextsWithBlanksOfTheirOwn()
    {
        TableData data = Build("category_train.csv", "answer");
        TableSchema schema = Table.FitAll(data);

        Assert.Equal(
            [ColumnKind.Category, ColumnKind.Category, ColumnKind.Number],
            schema.Columns.Select(column => column.Kind));
        Assert.Equal(["blue", "green", "red"], schema.Columns[0].Categories.Select(category => category.Value));
        Assert.Equal((true, false), (schema.Columns[1].HasMissingFeature, schema.Columns[0].HasMissingFeature));
    }

    [Fact]
    public void CodesOfTheFixtureAreFiveCategories()
    {
        TableColumn column = Table.FitAll(Build("leading_zeros.csv", "label")).Columns[0];

        Assert.Equal(["007", "0100", "07", "100", "7"], column.Categories.Select(category => category.Value));
    }

    [Fact]
    public void NamibiaOfTheFixtureIsACountry()
    {
        TableSchema schema = Table.FitAll(Build("namibia.csv", "coastal"));

        Assert.Equal(5, schema.Columns[0].Categories.Count);
        Assert.Equal(new CategoryValue("NA", 20), schema.Columns[0].Categories[0]);
        Assert.Equal(20, schema.Columns[0].Missing);
        Assert.Equal((ColumnKind.Number, 12), (schema.Columns[1].Kind, schema.Columns[1].Missing));
    }

    [Fact]
    public void NumbersOfTheFixturesHaveTheRightStatistics()
    {
        TableColumn credit = Table.FitAll(Build("median.csv", "y")).Columns[0];
        TableColumn length = Table.FitAll(Build("decimal_comma.csv", "art", ';')).Columns[0];
        TableData seconds = Build("epoch_seconds.csv", "y");

        Assert.Equal(2319.5, credit.Fill);
        Assert.Equal(5.0625, length.Mean, 10);
        Assert.Equal(60, Table.Fit(seconds).Encode([.. Enumerable.Range(0, 60)]).Cast<float>().Distinct().Count());
    }

    [Fact]
    public void DatesOfTheFixtureAreDayFirstByOneRow()
    {
        (string Name, object?[] Values)[] columns = Read("dates.csv", "y");
        TableBuilder table = Table.Fill(columns);
        TableData data = table.Build();

        Assert.Equal(
            [ColumnKind.Date, ColumnKind.Category, ColumnKind.Date], data.Columns.Select(column => column.Kind));
        Assert.Equal("dd/MM/yyyy", data.Columns[0].Format);
        Assert.Equal(new DateTime(2025, 6, 2), DateTime.UnixEpoch.AddSeconds(data.GetNumbers(1)[0]));
        Assert.Equal(6, Table.FitAll(data).Columns[1].Categories.Count);
        Assert.Equal(new DateTime(2025, 3, 1, 23, 30, 0), DateTime.UnixEpoch.AddSeconds(data.GetNumbers(1)[1]));
        Assert.StartsWith("'when' has dates with an offset", Assert.Single(table.Notices), StringComparison.Ordinal);

        TableBuilder ambiguous = Table.Fill(
            [.. columns.Select(column => (column.Name, column.Values.Where((_, row) => row != 37).ToArray()))]);
        ambiguous.Build();
        Assert.Contains("'day' can be MM/dd/yyyy or dd/MM/yyyy", ambiguous.Notices[0], StringComparison.Ordinal);
    }

    private static TableData Build(string file, string label, char delimiter = ',') =>
        Table.Fill(Read(file, label, delimiter)).Build();

    private static (string Name, object?[] Values)[] Read(string file, string label, char delimiter = ',') =>
        [.. Table.Read(Fixtures.Find("tables", file), delimiter).Where(column => column.Name != label)];
}
