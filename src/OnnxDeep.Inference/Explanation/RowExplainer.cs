using OnnxDeep.Learning.Explanation;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.Inference.Explanation;

/// <summary>
/// Explains the outputs of a model of a table by its columns. Rows are compared with the mean row of the training:
/// numbers and dates at their mean, nothing missing, and each category to the share of rows that had it. Thread-safe.
/// </summary>
public sealed class RowExplainer
{
    private readonly PartExplainer _parts;
    private readonly int[][] _places;
    private readonly bool _isPlain;
    private readonly double[] _mean;
    private readonly double[] _baseline;

    private RowExplainer(Network<float> network, TableSchema schema, bool isPlain, bool isRegression)
    {
        Schema = schema;
        _isPlain = isPlain;
        _parts = new PartExplainer(network, !isRegression && network.Units == 1);
        _places =
        [
            .. schema.Columns.Select(column => Enumerable.Range(0, schema.Width)
                .Where(place => ReferenceEquals(schema.Sources[place].Column, column))
                .ToArray()),
        ];
        _mean = isPlain ? [.. schema.Columns.Select(column => column.Mean)] : FindMean(schema);
        _baseline = _parts.Sum(_mean);
    }

    /// <summary>The columns.</summary>
    public TableSchema Schema { get; }

    /// <summary>Reads a model.</summary>
    /// <param name="file">An ONNX file that was trained on a table.</param>
    /// <exception cref="ModelException">The model does not name its columns, or has columns of free text.</exception>
    /// <exception cref="FileFormatException">The model is not a chain of dense layers.</exception>
    public static RowExplainer Open(OnnxModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var metadata = ModelMetadata.FromProperties(file.Properties);
        TableSchema schema = metadata.Table ?? throw new ModelException(
            ErrorIds.ColumnsUnknown,
            $"The model '{file.Path}' does not say which columns it takes. Use a model that was trained on a table by "
            + "this version or a later one.");
        if (schema.Textual.FirstOrDefault(column => column.Kind == ColumnKind.Text) is TableColumn text)
        {
            throw new ModelException(
                ErrorIds.ModelUnexplained,
                $"The model '{file.Path}' takes free text in '{text.Name}', which cannot be explained. "
                + "Train a model without this column.");
        }

        Network<float> network = file.GetNetwork();

        // The first layer of a table without gaps standardises the numbers itself.
        bool isPlain = !file.IsEncoded;
        return network.Inputs == schema.Width
            ? new RowExplainer(network, schema, isPlain, metadata.Task == ModelMetadata.Regression)
            : throw new ModelException(
                ErrorIds.ModelInputMismatch,
                $"The model '{file.Path}' has layers for {network.Inputs} features, but its metadata has columns of "
                + $"{schema.Width}. Train it again.");
    }

    /// <summary>Computes how much each column of a row contributes to an output.</summary>
    /// <param name="numbers">[numeric columns]; NaN for a missing number.</param>
    /// <param name="texts">[text columns], as the model takes them; empty for a missing text.</param>
    /// <param name="output">The class, or the output of a model that predicts numbers.</param>
    /// <param name="ofLogit">Whether to explain the output before its activation.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    public Attribution Explain(
        ReadOnlySpan<double> numbers,
        ReadOnlySpan<string> texts,
        int output,
        bool ofLogit,
        CancellationToken cancellationToken)
    {
        double[] features = Encode(numbers, texts);
        var shares = new List<double[]>(_places.Length);
        foreach (int[] places in _places)
        {
            double[] share = new double[_baseline.Length];
            foreach (int place in places)
            {
                _parts.Add(place, features[place] - _mean[place], share);
            }

            shares.Add(share);
        }

        return _parts.Explain(_baseline, shares, output, ofLogit, cancellationToken);
    }

    private double[] Encode(ReadOnlySpan<double> numbers, ReadOnlySpan<string> texts)
    {
        if (_isPlain)
        {
            double[] plain = numbers.ToArray();
            for (int i = 0; i < plain.Length; i++)
            {
                plain[i] = Schema.Numeric[i].IsMissing(plain[i]) ? Schema.Numeric[i].Fill : plain[i];
            }

            return plain;
        }

        float[] features = new float[Schema.Width];
        Schema.Encode(numbers, texts, features);
        return Array.ConvertAll(features, feature => (double)feature);
    }

    // The means of the standardised numbers are 0, and so are those of the points of whole years and days.
    private static double[] FindMean(TableSchema schema)
    {
        double[] mean = new double[schema.Width];
        int place = schema.Numeric.Count(column => column.Kind != ColumnKind.Date);
        foreach (TableColumn column in schema.Numeric.Where(column => column.Kind == ColumnKind.Date))
        {
            if (column.DateParts.HasFlag(DateParts.Weekday))
            {
                int days = place + DateFeatures.Count(column.DateParts & (DateParts.Trend | DateParts.YearCycle));
                mean.AsSpan(days, DateFeatures.WeekDays).Fill(1.0 / DateFeatures.WeekDays);
            }

            place += column.Width;
        }

        place += schema.Numeric.Count(column => column.HasMissingFeature);
        foreach (TableColumn column in schema.Textual.Where(column => column.Kind == ColumnKind.Category))
        {
            double all = column.Categories.Sum(category => (double)category.Count) + column.Missing;
            for (int i = 0; i < column.Categories.Count; i++)
            {
                mean[place + i] = all > 0 ? column.Categories[i].Count / all : 0;
            }

            if (column.HasMissingFeature)
            {
                mean[place + column.Categories.Count] = all > 0 ? column.Missing / all : 0;
            }

            place += column.Width;
        }

        return mean;
    }
}
