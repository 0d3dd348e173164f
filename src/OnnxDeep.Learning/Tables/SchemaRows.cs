namespace OnnxDeep.Learning.Tables;

/// <summary>Rows that are read for columns that are already known, which they do not change.</summary>
/// <param name="schema">The columns.</param>
/// <param name="options">How they become features.</param>
internal sealed class SchemaRows(TableSchema schema, TableOptions options)
{
    private readonly TableRowReader _reader = new(schema, options.Text?.Normalize);
    private readonly List<double[]> _numbers = [];
    private readonly List<string[]> _texts = [];

    /// <summary>The number of rows.</summary>
    public int Count => _numbers.Count;

    /// <summary>Adds a row, unless a column has a value that it cannot have, or lacks one that it needs.</summary>
    /// <param name="values">The value of each column, in the order of the schema.</param>
    /// <returns>What is wrong with the row; null if it was added.</returns>
    public string? Add(IReadOnlyList<object?> values)
    {
        double[] numbers = new double[schema.Numeric.Count];
        string[] texts = new string[schema.Textual.Count];
        for (int i = 0; i < values.Count; i++)
        {
            CellState state = _reader.Read(i, values[i], numbers, texts);
            if (state == CellState.Invalid)
            {
                return _reader.Explain(i, values[i]);
            }

            if (state == CellState.Missing && options.SkipsMissing)
            {
                return $"The value of '{schema.Columns[i].Name}' is missing.";
            }
        }

        _numbers.Add(numbers);
        _texts.Add(texts);
        return null;
    }

    /// <summary>Writes the features of a row.</summary>
    /// <param name="fitted">The same columns, with what they are fitted to.</param>
    /// <param name="row">The row.</param>
    /// <param name="features">[width].</param>
    public void Encode(TableSchema fitted, int row, Span<float> features) =>
        fitted.Encode(_numbers[row], _texts[row], features, options.Text?.Encode);
}

/// <summary>A table with rows for testing behind it, which have no part in what its columns are.</summary>
/// <param name="table">The table.</param>
/// <param name="tests">The rows for testing.</param>
internal sealed class TestedTable(TableData table, SchemaRows tests) : ExampleSource
{
    /// <inheritdoc/>
    public override int Rows => table.Rows + tests.Count;

    /// <inheritdoc/>
    public override FittedFeatures Fit(ReadOnlySpan<int> rows) => new Fitted(table, tests, table.Fit(rows));

    private sealed class Fitted(TableData table, SchemaRows tests, FittedFeatures fitted) : FittedFeatures
    {
        public override int Width => fitted.Width;

        public override TableSchema? Schema => fitted.Schema;

        public override void Encode(int row, Span<float> features)
        {
            if (row < table.Rows)
            {
                fitted.Encode(row, features);
            }
            else
            {
                tests.Encode(fitted.Schema!, row - table.Rows, features);
            }
        }
    }
}
