using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Tests.Learning.Tables;

public sealed class SchemaRowsTests
{
    private static readonly int[] s_rows = [.. Enumerable.Range(0, 20)];

    [Fact]
    public void RowsBehindATableHaveTheFeaturesThatTheModelGivesThem()
    {
        TableData data = Table();
        var tests = new SchemaRows(new TableSchema(data.Columns), new TableOptions());
        Assert.Null(tests.Add([2.5, "red"]));
        Assert.Null(tests.Add([null, "violet"]));
        Assert.Null(tests.Add(["3.5", ""]));
        var all = new TestedTable(data, tests);

        FittedFeatures fitted = all.Fit(s_rows);

        TableSchema schema = data.Fit(s_rows).Schema!;
        Assert.Equal(23, all.Rows);
        Assert.Equal(schema.Width, fitted.Width);
        Assert.Equal(data.Fit(s_rows).Encode(s_rows), fitted.Encode(s_rows));
        Assert.Equal(Encode(schema, 2.5, "red"), fitted.Encode([20]).Cast<float>());
        Assert.Equal(Encode(schema, double.NaN, "violet"), fitted.Encode([21]).Cast<float>());
        Assert.Equal(Encode(schema, 3.5, ""), fitted.Encode([22]).Cast<float>());
    }

    [Fact]
    public void ValueThatAColumnCannotHaveIsNamedAndTheRowIsLeftOut()
    {
        var schema = new TableSchema(Table().Columns);
        var rows = new SchemaRows(schema, new TableOptions());
        var strict = new SchemaRows(schema, new TableOptions { SkipsMissing = true });

        Assert.Contains("'x' has 'many'", rows.Add(["many", "red"]), StringComparison.Ordinal);
        Assert.Equal("The value of 'x' is missing.", strict.Add([null, "red"]));
        Assert.Equal("The value of 'colour' is missing.", strict.Add([1, ""]));
        Assert.Null(strict.Add([1, "violet"]));
        Assert.Equal((0, 1), (rows.Count, strict.Count));
    }

    private static float[] Encode(TableSchema schema, double number, string text)
    {
        float[] features = new float[schema.Width];
        schema.Encode([number], [text], features);
        return features;
    }

    private static TableData Table()
    {
        var builder = new TableBuilder(new TableOptions());
        for (int i = 0; i < 20; i++)
        {
            builder.AddRow($"row {i + 1}", i + 1, i % 2 == 0 ? "a" : "b");
            builder.Add("x", i % 7 * 1.5);
            builder.Add("colour", i % 3 == 0 ? "red" : "blue");
        }

        return builder.Build();
    }
}
