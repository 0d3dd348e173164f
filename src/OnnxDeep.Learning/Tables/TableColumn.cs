namespace OnnxDeep.Learning.Tables;

/// <summary>What the values of a column are, decided over all rows of the training.</summary>
public enum ColumnKind
{
    /// <summary>Numbers, which are standardised.</summary>
    Number,

    /// <summary>True and false, the numbers 1 and 0.</summary>
    Boolean,

    /// <summary>One of a set of texts: a feature for each, 1 or 0.</summary>
    Category,

    /// <summary>A date, possibly with a time; its parts are features.</summary>
    Date,

    /// <summary>Free text: the mean of its words' vectors.</summary>
    Text,
}

/// <summary>The parts of a date that are features.</summary>
[Flags]
public enum DateParts
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The time since the mean, standardised: one feature.</summary>
    Trend = 1,

    /// <summary>The day of the year as a point on a circle: its sine and cosine.</summary>
    YearCycle = 2,

    /// <summary>The day of the week: seven features, 1 or 0, from Monday.</summary>
    Weekday = 4,

    /// <summary>The time of the day as a point on a circle: its sine and cosine.</summary>
    DayCycle = 8,
}

/// <summary>
/// A column of a table that a model takes, with all that turns its values into features. A model file stores it.
/// </summary>
public sealed record TableColumn
{
    /// <summary>The name; case does not matter.</summary>
    public required string Name { get; init; }

    /// <summary>What the values are.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>The number of training rows without a value.</summary>
    public int Missing { get; init; }

    /// <summary>
    /// The number that replaces a missing one: the median of the training rows. Dates are seconds since 1970-01-01
    /// 00:00 without a time zone.
    /// </summary>
    public double Fill { get; init; }

    /// <summary>The mean of the training rows after filling.</summary>
    public double Mean { get; init; }

    /// <summary>Their standard deviation; 1 for a constant column.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The smallest number of the training rows.</summary>
    public double Minimum { get; init; }

    /// <summary>The largest number of the training rows.</summary>
    public double Maximum { get; init; }

    /// <summary>
    /// Whether 32-bit floats cannot tell the numbers apart, so that the model takes 64-bit ones. Dates always need
    /// them.
    /// </summary>
    public bool NeedsDouble { get; init; }

    /// <summary>Whether "has no value" is a feature of its own, because training rows lack a value.</summary>
    public bool HasMissingFeature { get; init; }

    /// <summary>The parts of a date that are features.</summary>
    public DateParts DateParts { get; init; }

    /// <summary>The texts of a category, or their digests, with their frequencies in the training rows.</summary>
    public IReadOnlyList<CategoryValue> Categories { get; init => field = CellText.List(value); } =
        CellText.List<CategoryValue>([]);

    /// <summary>Whether <see cref="Categories"/> are digests of texts.</summary>
    public bool IsHashed { get; init; }

    /// <summary>The number of features of a text: the dimensions of the vectors.</summary>
    public int Dimensions { get; init; }

    /// <summary>
    /// The format of dates in text, dd/MM/yyyy or MM/dd/yyyy with any mark; null for dates that begin with the year.
    /// </summary>
    public string? Format { get; init; }

    /// <summary>
    /// The name of the culture of numbers in text; "," for numbers with a decimal comma, which belongs to no culture;
    /// null for numbers with a decimal point.
    /// </summary>
    public string? Culture { get; init; }

    /// <summary>Whether the model takes the column as text, not as a number.</summary>
    public bool TakesText => Kind is ColumnKind.Category or ColumnKind.Text;

    /// <summary>The number of features without the one for missing numbers.</summary>
    public int Width => Kind switch
    {
        ColumnKind.Category => Categories.Count + (HasMissingFeature ? 1 : 0),
        ColumnKind.Date => DateFeatures.Count(DateParts),
        ColumnKind.Text => Dimensions,
        _ => 1,
    };

    /// <summary>
    /// Whether a number of the column stands for a missing one: NaN or, among dates, what is not a date.
    /// </summary>
    /// <param name="number">The number of a row.</param>
    public bool IsMissing(double number) => Kind == ColumnKind.Date
        ? number is not (>= DateFeatures.FirstSecond and < DateFeatures.EndSecond)
        : double.IsNaN(number);

    /// <summary>The column and its kind.</summary>
    public override string ToString() => $"{ShownText.Value(Name)} ({Kind})";
}

/// <summary>A text of a category.</summary>
/// <param name="Value">The text, or its digest.</param>
/// <param name="Count">The number of training rows that have it.</param>
public sealed record CategoryValue(string Value, int Count)
{
    /// <summary>The text and its frequency.</summary>
    public override string ToString() => FormattableString.Invariant($"{ShownText.Value(Value)} ({Count})");
}
