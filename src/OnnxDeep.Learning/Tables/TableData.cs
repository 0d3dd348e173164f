using System.Collections.Concurrent;

namespace OnnxDeep.Learning.Tables;

/// <summary>The rows of a table whose columns are known; what the columns' values become is fitted to rows.</summary>
internal sealed class TableData : ExampleSource
{
    // 256 MiB of vectors of free text.
    private const int MostCachedNumbers = 1 << 26;

    private readonly TableOptions _options;
    private readonly TableColumn[] _columns;
    private readonly double[] _numbers;
    private readonly string[] _texts;
    private readonly ConcurrentDictionary<string, float[]> _vectors = new(StringComparer.Ordinal);

    /// <summary>Copies the values of the rows.</summary>
    /// <param name="options">How the columns become features.</param>
    /// <param name="columns">The columns, whose values have been read.</param>
    /// <param name="rows">The rows to use.</param>
    /// <param name="examples">The same rows with their names and labels.</param>
    public TableData(
        TableOptions options,
        IReadOnlyList<InferredColumn> columns,
        ReadOnlySpan<int> rows,
        IReadOnlyList<TableRow> examples)
    {
        _options = options;
        _columns = [.. columns.Select(column => column.Column)];
        Examples = examples;
        InferredColumn[] numeric = [.. columns.Where(column => !column.Column.TakesText)];
        InferredColumn[] textual = [.. columns.Where(column => column.Column.TakesText)];
        _numbers = new double[rows.Length * numeric.Length];
        _texts = new string[rows.Length * textual.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int i = 0; i < numeric.Length; i++)
            {
                _numbers[(row * numeric.Length) + i] = numeric[i].Values.Numbers[rows[row]];
            }

            for (int i = 0; i < textual.Length; i++)
            {
                _texts[(row * textual.Length) + i] = textual[i].Values.Texts[rows[row]];
            }
        }

        (NumericCount, TextualCount) = (numeric.Length, textual.Length);
    }

    /// <inheritdoc/>
    public override int Rows => Examples.Count;

    /// <summary>The rows with their names and labels.</summary>
    public IReadOnlyList<TableRow> Examples { get; }

    /// <summary>The columns with their kinds and formats; their statistics are those of the training rows.</summary>
    public IReadOnlyList<TableColumn> Columns => _columns;

    private int NumericCount { get; }

    private int TextualCount { get; }

    /// <summary>The numbers of a row, NaN for a missing one.</summary>
    public ReadOnlySpan<double> GetNumbers(int row) => _numbers.AsSpan(row * NumericCount, NumericCount);

    /// <summary>The texts of a row, empty for a missing one.</summary>
    public ReadOnlySpan<string> GetTexts(int row) => _texts.AsSpan(row * TextualCount, TextualCount);

    /// <inheritdoc/>
    public override FittedFeatures Fit(ReadOnlySpan<int> rows)
    {
        if (_options.Schema is TableSchema schema)
        {
            return new Fitted(this, schema);
        }

        bool needsDouble = _columns.Any(column => column.NeedsDouble);
        var fitted = new TableColumn[_columns.Length];
        int number = 0;
        int text = 0;
        for (int i = 0; i < _columns.Length; i++)
        {
            fitted[i] = _columns[i].TakesText
                ? FitText(_columns[i], rows, text++)
                : FitNumber(_columns[i], rows, number++, needsDouble);
        }

        return new Fitted(this, new TableSchema(fitted));
    }

    private TableColumn FitNumber(TableColumn column, ReadOnlySpan<int> rows, int place, bool needsDouble)
    {
        double[] values = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            values[i] = _numbers[(rows[i] * NumericCount) + place];
        }

        var statistics = ColumnStatistics.Of(values, column.Kind == ColumnKind.Boolean, needsDouble);
        bool isRaw = _options.KeepsNumbers && column.Kind != ColumnKind.Date;
        return column with
        {
            Missing = statistics.Missing,
            Fill = statistics.Fill,
            Mean = isRaw ? 0 : statistics.Mean,
            Scale = isRaw ? 1 : statistics.Scale,
            Minimum = statistics.Minimum,
            Maximum = statistics.Maximum,
            HasMissingFeature = statistics.Missing > 0,
            DateParts = column.Kind == ColumnKind.Date ? DateFeatures.FindParts(values) : DateParts.None,
        };
    }

    private TableColumn FitText(TableColumn column, ReadOnlySpan<int> rows, int place)
    {
        int missing = 0;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (int row in rows)
        {
            string text = _texts[(row * TextualCount) + place];
            if (text.Length == 0)
            {
                missing++;
            }
            else if (column.Kind == ColumnKind.Category)
            {
                counts[text] = counts.GetValueOrDefault(text) + 1;
            }
        }

        return column with
        {
            Missing = missing,
            HasMissingFeature = missing > 0 && column.Kind == ColumnKind.Category,
            Categories =
            [
                .. TableOptions.Keep(counts)
                    .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => new CategoryValue(pair.Key, pair.Value)),
            ],
        };
    }

    private void EncodeText(string text, Span<float> features)
    {
        if (!_vectors.TryGetValue(text, out float[]? vector))
        {
            vector = new float[features.Length];
            _options.Text!.Encode(text, vector);
            if ((long)_vectors.Count * vector.Length < MostCachedNumbers)
            {
                _vectors.TryAdd(text, vector);
            }
        }

        vector.CopyTo(features);
    }

    private sealed class Fitted(TableData data, TableSchema schema) : FittedFeatures
    {
        public override int Width => schema.Width;

        public override TableSchema Schema => schema;

        public override void Encode(int row, Span<float> features) =>
            schema.Encode(data.GetNumbers(row), data.GetTexts(row), features, data.EncodeText);
    }
}
