namespace OnnxDeep.Learning.Tables;

/// <summary>Writes the features of a text: the mean of its words' vectors, zeros if it has no known word.</summary>
/// <param name="text">The text.</param>
/// <param name="features">[dimensions].</param>
public delegate void TextEncoder(string text, Span<float> features);

/// <summary>
/// The columns that a model takes and how their values become features. A row is given in two parts: the numbers of
/// its numeric columns (number, true/false, date), NaN for a missing one, and the texts of its text columns (category,
/// text), empty for a missing one, each in the order of the columns. The features are, in this order:
/// the standardised numbers of number and true/false columns; the parts of dates; 1 or 0 for a missing number, for each
/// numeric column that has this feature; 1 or 0 for each category of each category column, and for its missing values;
/// the vectors of texts.
/// </summary>
public sealed class TableSchema
{
    /// <summary>The largest number of features, far beyond what a network can be trained on.</summary>
    public const int MostFeatures = 1 << 20;

    private readonly TableColumn[] _numeric;
    private readonly TableColumn[] _textual;
    private readonly Lazy<Dictionary<string, int>[]> _places;

    /// <summary>Creates a schema.</summary>
    /// <param name="columns">The columns, at least one.</param>
    /// <exception cref="ArgumentException">
    /// There are no columns, two have the same name, or they have more features than <see cref="MostFeatures"/>.
    /// </exception>
    public TableSchema(IReadOnlyList<TableColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
        {
            throw new ArgumentException("A table needs at least one column.", nameof(columns));
        }

        if (columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).Any(same => same.Skip(1).Any()))
        {
            throw new ArgumentException("The names of columns must differ in more than case.", nameof(columns));
        }

        long width = columns.Sum(
            column => (long)column.Width + (column.HasMissingFeature && !column.TakesText ? 1 : 0));
        if (width > MostFeatures)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The columns have {width:N0} features; {MostFeatures:N0} are possible."),
                nameof(columns));
        }

        Columns = CellText.List(columns);
        Width = (int)width;
        _numeric = [.. columns.Where(column => !column.TakesText)];
        _textual = [.. columns.Where(column => column.TakesText)];
        _places = new(() =>
        [
            .. _textual.Select(column => column.Categories.Index().ToDictionary(
                category => category.Item.Value, category => category.Index, StringComparer.Ordinal)),
        ]);
    }

    /// <summary>The columns in the order of the table.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>The columns that the model takes as numbers: its input <c>features</c>, [N, numeric columns].</summary>
    public IReadOnlyList<TableColumn> Numeric => _numeric;

    /// <summary>The columns that the model takes as text: its input <c>texts</c>, [N, text columns].</summary>
    public IReadOnlyList<TableColumn> Textual => _textual;

    /// <summary>Whether the numbers are 64-bit floats.</summary>
    public bool NeedsDouble => _numeric.Any(column => column.NeedsDouble || column.Kind == ColumnKind.Date);

    /// <summary>The number of features.</summary>
    public int Width { get; }

    /// <summary>
    /// For each feature, the column that it comes from and its name, such as "age", "colour = red" or
    /// "age is missing".
    /// </summary>
    public IReadOnlyList<FeatureSource> Sources => field ??= CellText.List(FindSources());

    /// <summary>Writes the features of a row.</summary>
    /// <param name="numbers">[numeric columns]; NaN for a missing number.</param>
    /// <param name="texts">[text columns]; empty for a missing text.</param>
    /// <param name="features">Receives [<see cref="Width"/>].</param>
    /// <param name="encoder">Writes the features of free text; null if there is no such column.</param>
    public void Encode(
        ReadOnlySpan<double> numbers, ReadOnlySpan<string> texts, Span<float> features, TextEncoder? encoder = null)
    {
        int place = 0;
        bool needsDouble = NeedsDouble;
        for (int i = 0; i < _numeric.Length; i++)
        {
            if (_numeric[i].Kind != ColumnKind.Date)
            {
                features[place++] = Standardize(_numeric[i], numbers[i], needsDouble);
            }
        }

        for (int i = 0; i < _numeric.Length; i++)
        {
            if (_numeric[i].Kind == ColumnKind.Date)
            {
                double seconds = _numeric[i].IsMissing(numbers[i]) ? _numeric[i].Fill : numbers[i];
                DateFeatures.Write(_numeric[i], seconds, features[place..]);
                place += _numeric[i].Width;
            }
        }

        for (int i = 0; i < _numeric.Length; i++)
        {
            if (_numeric[i].HasMissingFeature)
            {
                features[place++] = _numeric[i].IsMissing(numbers[i]) ? 1 : 0;
            }
        }

        EncodeTexts(texts, features[place..], encoder);
    }

    /// <summary>
    /// The place of a text among a category column's features; -1 for an unknown one, whose features are all 0. Without
    /// a feature of its own, a missing text is the most frequent category.
    /// </summary>
    public static int FindCategory(TableColumn column, string text)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (text.Length == 0)
        {
            return column.HasMissingFeature ? column.Categories.Count : FindMostFrequent(column);
        }

        for (int i = 0; i < column.Categories.Count; i++)
        {
            if (column.Categories[i].Value == text)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The names of the columns.</summary>
    public override string ToString() => string.Join(", ", Columns);

    private static float Standardize(TableColumn column, double number, bool needsDouble)
    {
        double filled = double.IsNaN(number) ? column.Fill : number;
        return needsDouble
            ? (float)((filled - column.Mean) / column.Scale)
            : ((float)filled - (float)column.Mean) / (float)column.Scale;
    }

    private static int FindMostFrequent(TableColumn column)
    {
        int best = 0;
        for (int i = 1; i < column.Categories.Count; i++)
        {
            best = column.Categories[i].Count > column.Categories[best].Count ? i : best;
        }

        return column.Categories.Count == 0 ? -1 : best;
    }

    // As FindCategory, in constant time.
    private int FindPlace(int column, string text) => text.Length == 0
        ? FindCategory(_textual[column], text)
        : _places.Value[column].GetValueOrDefault(text, -1);

    private void EncodeTexts(ReadOnlySpan<string> texts, Span<float> features, TextEncoder? encoder)
    {
        int place = 0;
        for (int i = 0; i < _textual.Length; i++)
        {
            if (_textual[i].Kind == ColumnKind.Category)
            {
                Span<float> block = features.Slice(place, _textual[i].Width);
                block.Clear();
                if (FindPlace(i, texts[i]) is int category and >= 0)
                {
                    block[category] = 1;
                }

                place += block.Length;
            }
        }

        for (int i = 0; i < _textual.Length; i++)
        {
            if (_textual[i].Kind == ColumnKind.Text)
            {
                Span<float> block = features.Slice(place, _textual[i].Width);
                (encoder ?? throw new ArgumentNullException(nameof(encoder)))(texts[i], block);
                place += block.Length;
            }
        }
    }

    private List<FeatureSource> FindSources()
    {
        var sources = new List<FeatureSource>();
        sources.AddRange(_numeric
            .Where(column => column.Kind != ColumnKind.Date)
            .Select(column => new FeatureSource(column, column.Name)));
        sources.AddRange(_numeric
            .Where(column => column.Kind == ColumnKind.Date)
            .SelectMany(column => NameParts(column).Select(name => new FeatureSource(column, name))));
        sources.AddRange(_numeric
            .Where(column => column.HasMissingFeature)
            .Select(column => new FeatureSource(column, $"{column.Name} is missing")));
        foreach (TableColumn column in _textual.Where(column => column.Kind == ColumnKind.Category))
        {
            sources.AddRange(column.Categories.Select(
                category => new FeatureSource(column, $"{column.Name} = {category.Value}")));
            if (column.HasMissingFeature)
            {
                sources.Add(new FeatureSource(column, $"{column.Name} is missing"));
            }
        }

        sources.AddRange(_textual
            .Where(column => column.Kind == ColumnKind.Text)
            .SelectMany(column => Enumerable.Range(1, column.Dimensions).Select(
                number => new FeatureSource(column, FormattableString.Invariant($"{column.Name}[{number}]")))));
        return sources;
    }

    private static IEnumerable<string> NameParts(TableColumn column)
    {
        string[] days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        (DateParts Part, string[] Names)[] parts =
        [
            (DateParts.Trend, [column.Name]),
            (DateParts.YearCycle, [$"{column.Name} in the year (sin)", $"{column.Name} in the year (cos)"]),
            (DateParts.Weekday, [.. days.Select(day => $"{column.Name} is a {day}")]),
            (DateParts.DayCycle, [$"{column.Name} in the day (sin)", $"{column.Name} in the day (cos)"]),
        ];
        return parts.Where(part => column.DateParts.HasFlag(part.Part)).SelectMany(part => part.Names);
    }
}

/// <summary>Where a feature comes from.</summary>
/// <param name="Column">The column.</param>
/// <param name="Name">The feature's name.</param>
public sealed record FeatureSource(TableColumn Column, string Name)
{
    /// <summary>The feature's name.</summary>
    public override string ToString() => ShownText.Value(Name);
}
