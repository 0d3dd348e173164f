using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Tests.Tables;

/// <summary>Random columns and rows, many of them with extreme values.</summary>
internal sealed class RandomTable
{
    private static readonly string[] s_texts =
    [
        "red", "Red", "red ", "blå", "😀", "a\0b", new string('x', 5000), "7", "007", "", "NaN", "unknown", "\u00a0",
        "x\ty",
    ];

    private static readonly double[] s_numbers =
    [
        double.NaN, double.NaN, 0, -0.0, 1, -1, 0.1, 1e-320, 1e300, -1e300, double.PositiveInfinity,
        double.NegativeInfinity, double.MaxValue, double.Epsilon, 16777217, 1e9 + 0.25,
    ];

    private static readonly double[] s_dates =
    [
        double.NaN, 0, -1, -0.001, 86399.999999, DateFeatures.FirstSecond, DateFeatures.FirstSecond - 1,
        DateFeatures.EndSecond, DateFeatures.EndSecond - 1, DateFeatures.EndSecond - 0.00003, 1e300, -1e300,
        double.PositiveInfinity, double.NegativeInfinity, -2208988800.5, 1709164800, 1709251199.9999998,
    ];

    private readonly Random _random;

    public RandomTable(int seed, int columns)
    {
        _random = new Random(seed);
        bool needsDouble = _random.Next(2) == 0;
        Schema = new TableSchema(
            [.. Enumerable.Range(0, columns).Select(number => CreateColumn(number, needsDouble))]);
    }

    /// <summary>The columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>Creates the numbers of a row, as precise as the model takes them.</summary>
    public double[] CreateNumbers() =>
        [
            .. Schema.Numeric.Select(column =>
            {
                double number = column.Kind == ColumnKind.Date
                    ? Choose(s_dates, _random.NextInt64(-62135596800, 253402300800) + _random.NextDouble())
                    : Choose(s_numbers, (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-5, 12)));
                return Schema.NeedsDouble ? number : (float)number;
            }),
        ];

    /// <summary>Creates the texts of a row.</summary>
    public string[] CreateTexts() => [.. Schema.Textual.Select(_ => Choose(s_texts, $"{_random.Next(100)}"))];

    private TableColumn CreateColumn(int number, bool needsDouble)
    {
        ColumnKind kind = (ColumnKind)_random.Next(4);
        return new TableColumn
        {
            Name = $"column {number}",
            Kind = kind,
            Missing = _random.Next(2),
            HasMissingFeature = _random.Next(2) == 0,
            Fill = kind == ColumnKind.Date ? _random.NextInt64(-4000000000, 4000000000) : _random.NextDouble() * 100,
            Mean = (_random.NextDouble() - 0.5) * 1e6,
            Scale = _random.NextDouble() + 1e-3,
            NeedsDouble = needsDouble,
            DateParts = kind == ColumnKind.Date ? (DateParts)_random.Next(16) : DateParts.None,
            Categories = kind == ColumnKind.Category
                ? [.. s_texts.Where(_ => _random.Next(3) > 0).Select(text => new CategoryValue(text, _random.Next(9)))]
                : [],
        };
    }

    private T Choose<T>(T[] values, T other) =>
        _random.Next(3) == 0 ? other : values[_random.Next(values.Length)];
}
