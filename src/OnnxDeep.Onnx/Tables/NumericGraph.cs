using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Tables;

/// <summary>
/// Adds the features of numeric columns to a graph. All columns go through the same nodes, so their number does not
/// depend on that of the columns.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="schema">The columns.</param>
internal sealed class NumericGraph(GraphProto graph, TableSchema schema)
{
    private readonly bool _isDouble = schema.NeedsDouble;
    private readonly int[] _numbers = Find(schema, column => column.Kind != ColumnKind.Date);
    private readonly int[] _dates = Find(schema, column => column.Kind == ColumnKind.Date);

    /// <summary>Adds the nodes.</summary>
    /// <returns>The names of the features, each [N, features], in the order of the schema.</returns>
    public IReadOnlyList<string> Add()
    {
        var parts = new List<string>();
        var missing = new List<string>();
        if (_numbers.Length > 0)
        {
            string numbers = Select("numbers/columns", _numbers);
            missing.Add(OnnxGraph.Add(graph, "IsNaN", [numbers], "numbers/missing"));
            string fill = Store("numbers/fill", _numbers, column => column.Fill);
            string filled = OnnxGraph.Add(graph, "Where", [missing[^1], fill, numbers], "numbers/filled");
            parts.Add(Standardize("numbers", filled, _numbers));
        }

        if (_dates.Length > 0)
        {
            string dates = Select("dates/columns", _dates);
            missing.Add(AddMissingDates(dates));
            string fill = Store("dates/fill", _dates, column => column.Fill);
            string filled = OnnxGraph.Add(graph, "Where", [missing[^1], fill, dates], "dates/filled");
            if (AddDates(filled) is string features)
            {
                parts.Add(features);
            }
        }

        if (schema.Numeric.Any(column => column.HasMissingFeature))
        {
            parts.Add(AddMissing(missing));
        }

        return parts;
    }

    private static int[] Find(TableSchema schema, Func<TableColumn, bool> isWanted) =>
        [.. Enumerable.Range(0, schema.Numeric.Count).Where(place => isWanted(schema.Numeric[place]))];

    // The columns at these places of the input; the input itself if that is all of them.
    private string Select(string name, int[] places) => places.Length == schema.Numeric.Count
        ? OnnxNames.Features
        : Select(OnnxNames.Features, name, places);

    private string Select(string input, string name, int[] places)
    {
        string stored = OnnxGraph.Store(
            graph, name + "/places", [.. places.Select(place => (long)place)], places.Length);
        return OnnxGraph.Add(graph, "Gather", [input, stored], name, OnnxGraph.Attribute("axis", 1));
    }

    private string Store(string name, int[] places, Func<TableColumn, double> get)
    {
        double[] values = [.. places.Select(place => get(schema.Numeric[place]))];
        return _isDouble
            ? OnnxGraph.Store(graph, name, values, values.Length)
            : OnnxGraph.Store(graph, name, Array.ConvertAll(values, value => (float)value), values.Length);
    }

    private string Standardize(string name, string input, int[] places)
    {
        string mean = Store($"{name}/mean", places, column => column.Mean);
        string scale = Store($"{name}/scale", places, column => column.Scale);
        string centered = OnnxGraph.Add(graph, "Sub", [input, mean], $"{name}/centered");
        string scaled = OnnxGraph.Add(graph, "Div", [centered, scale], $"{name}/scaled");
        return _isDouble ? Cast(scaled, $"{name}/features", DataType.Float) : scaled;
    }

    private string Cast(string input, string output, DataType type) =>
        OnnxGraph.Add(graph, "Cast", [input], output, OnnxGraph.Attribute("to", (long)type));

    // NaN is not in any range.
    private string AddMissingDates(string dates)
    {
        string first = Store("dates/first", DateFeatures.FirstSecond);
        string end = Store("dates/end", DateFeatures.EndSecond);
        string starts = OnnxGraph.Add(graph, "GreaterOrEqual", [dates, first], "dates/is_after_first");
        string ends = OnnxGraph.Add(graph, "Less", [dates, end], "dates/is_before_end");
        string areDates = OnnxGraph.Add(graph, "And", [starts, ends], "dates/are_dates");
        return OnnxGraph.Add(graph, "Not", [areDates], "dates/missing");
    }

    private string AddMissing(List<string> missing)
    {
        string all = missing is [var only]
            ? only
            : OnnxGraph.Add(graph, "Concat", [.. missing], "missing/all", OnnxGraph.Attribute("axis", 1));
        int[] order = [.. _numbers, .. _dates];
        int[] places =
        [
            .. Enumerable.Range(0, order.Length)
                .Where(place => schema.Numeric[order[place]].HasMissingFeature)
                .OrderBy(place => order[place]),
        ];
        return Cast(Select(all, "missing/columns", places), "missing/features", DataType.Float);
    }

    // Computes all parts for all dates, [N, dates, parts], and takes the features from them.
    private string? AddDates(string seconds)
    {
        DateParts[] wanted = [.. _dates.Select(place => schema.Numeric[place].DateParts)];
        DateParts[] parts =
        [
            .. Enum.GetValues<DateParts>()
                .Where(part => part != DateParts.None && Array.Exists(wanted, all => all.HasFlag(part))),
        ];
        if (parts.Length == 0)
        {
            return null;
        }

        string day = OnnxGraph.Add(
            graph,
            "Floor",
            [Divide(seconds, "dates/day_seconds", DateFeatures.DaySeconds, "dates/days")],
            "dates/day");
        string[] features = [.. parts.Select(part => AddPart(part, seconds, day))];
        string all = OnnxGraph.Add(graph, "Concat", features, "dates/parts", OnnxGraph.Attribute("axis", 2));
        string flat = OnnxGraph.Add(graph, "Flatten", [all], "dates/flat", OnnxGraph.Attribute("axis", 1));
        var places = new List<int>();
        for (int i = 0; i < wanted.Length; i++)
        {
            int place = i * parts.Sum(DateFeatures.Count);
            foreach (DateParts part in parts)
            {
                int width = DateFeatures.Count(part);
                places.AddRange(wanted[i].HasFlag(part) ? Enumerable.Range(place, width) : []);
                place += width;
            }
        }

        return Select(flat, "dates/features", [.. places]);
    }

    // [N, dates, features of the part].
    private string AddPart(DateParts part, string seconds, string day) => part switch
    {
        DateParts.Trend => OnnxGraph.Add(
            graph,
            "Unsqueeze",
            [Standardize("trend", seconds, _dates), OnnxGraph.Store(graph, "trend/axes", [2L], 1)],
            "trend/part"),
        DateParts.YearCycle => AddCycle(
            "year", AddRemainder(day, "year", DateFeatures.YearDays), DateFeatures.YearCycle),
        DateParts.Weekday => AddWeekday(day),
        _ => AddCycle(
            "time",
            Divide(
                AddRemainder(seconds, "time", DateFeatures.DaySeconds),
                "time/step",
                DateFeatures.DaySeconds / DateFeatures.DaySteps,
                "time/steps"),
            DateFeatures.DayCycle),
    };

    private string AddWeekday(string day)
    {
        string first = Store("weekday/first", DateFeatures.FirstWeekday);
        string shifted = OnnxGraph.Add(graph, "Add", [day, first], "weekday/days");
        string index = AddIndex(
            "weekday", AddRemainder(shifted, "weekday", DateFeatures.WeekDays), DateFeatures.WeekDays);
        string width = OnnxGraph.Store(graph, "weekday/width", [(long)DateFeatures.WeekDays], 1);
        string values = OnnxGraph.Store(graph, "weekday/values", [0f, 1f], 2);
        return OnnxGraph.Add(graph, "OneHot", [index, width, values], "weekday/features");
    }

    private string AddCycle(string name, string position, float[,] points)
    {
        int count = points.GetLength(0);
        string floor = OnnxGraph.Add(graph, "Floor", [position], $"{name}/floor");
        string index = AddIndex(name, floor, count);
        string table = OnnxGraph.Store(graph, $"{name}/points", [.. points.Cast<float>()], count, 2);
        return OnnxGraph.Add(graph, "Gather", [table, index], $"{name}/features");
    }

    private string AddIndex(string name, string position, int count)
    {
        string whole = Cast(position, $"{name}/whole", DataType.Int64);
        string least = OnnxGraph.Store(graph, $"{name}/least", [0L]);
        string most = OnnxGraph.Store(graph, $"{name}/most", [count - 1L]);
        return OnnxGraph.Add(graph, "Clip", [whole, least, most], $"{name}/index");
    }

    // a - b·⌊a/b⌋
    private string AddRemainder(string value, string name, double divisor)
    {
        string ratio = Divide(value, $"{name}/divisor", divisor, $"{name}/ratio");
        string times = OnnxGraph.Add(graph, "Floor", [ratio], $"{name}/times");
        string whole = OnnxGraph.Add(graph, "Mul", [times, $"{name}/divisor"], $"{name}/product");
        return OnnxGraph.Add(graph, "Sub", [value, whole], $"{name}/remainder");
    }

    private string Divide(string value, string name, double divisor, string output) =>
        OnnxGraph.Add(graph, "Div", [value, Store(name, divisor)], output);

    private string Store(string name, double value) => OnnxGraph.Store(graph, name, [value]);
}
