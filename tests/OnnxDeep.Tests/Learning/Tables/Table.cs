using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Tests.Learning.Tables;

/// <summary>Builds tables for tests.</summary>
internal static class Table
{
    public static TableBuilder Fill(TableOptions options, params (string Name, object?[] Values)[] columns)
    {
        var table = new TableBuilder(options);
        for (int row = 0; row < columns[0].Values.Length; row++)
        {
            Add(table, row + 1, [.. columns.Select(column => (column.Name, column.Values[row]))]);
        }

        return table;
    }

    public static TableBuilder Fill(params (string Name, object?[] Values)[] columns) =>
        Fill(new TableOptions(), columns);

    public static void Add(TableBuilder table, int number, params (string Name, object? Value)[] cells)
    {
        table.AddRow($"row {number}", number, "k");
        foreach ((string name, object? value) in cells)
        {
            table.Add(name, value);
        }
    }

    /// <summary>Reads a CSV file without quotes, as Import-Csv does.</summary>
    public static (string Name, object?[] Values)[] Read(string path, char delimiter = ',')
    {
        string[][] lines = [.. File.ReadAllLines(path).Select(line => line.Split(delimiter))];
        return [.. lines[0].Select((name, i) => (name, lines[1..].Select(object? (line) => line[i]).ToArray()))];
    }

    public static TableSchema FitAll(TableData data) => Fit(data).Schema!;

    public static FittedFeatures Fit(TableData data) => data.Fit([.. Enumerable.Range(0, data.Rows)]);

    public static TableColumn Find(TableBuilder table, string name) =>
        FitAll(table.Build()).Columns.Single(column => column.Name == name);

    /// <summary>Repeats values until there are as many rows as wanted.</summary>
    public static object?[] Cycle(int rows, params object?[] values) =>
        [.. Enumerable.Range(0, rows).Select(row => values[row % values.Length])];
}
