using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;

using OnnxDeep.Inference.Tables;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Explanation;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Numerics;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Measures how much worse a model becomes if the values of a column are shuffled among rows.</summary>
[Cmdlet(VerbsCommon.Get, "FeatureImportance", HelpUri = HelpUris.GetFeatureImportance)]
[OutputType(typeof(FeatureImportance))]
public sealed class GetFeatureImportanceCommand : OnnxDeepCmdlet
{
    private const int MostNames = 5;
    private const double Copy = 0.95;

    private readonly List<double> _numbers = [];
    private readonly List<string> _texts = [];
    private readonly List<double> _truth = [];
    private readonly SeenProperties _seen = new();
    private Dictionary<string, double> _classes = [];
    private RowModel? _model;
    private ModelRows? _rows;
    private string _labelName = string.Empty;
    private NumberColumn? _targets;
    private int _leftOut;

    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0), ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = string.Empty;

    /// <summary>Rows with the columns of the model and the true class or number.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull, AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The property with the true class or number; the default is that of the training.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? LabelProperty { get; set; }

    /// <summary>The columns to measure; the default is all.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[]? Feature { get; set; }

    /// <summary>The score; the default is the accuracy, or R² for a model that predicts numbers.</summary>
    [Parameter, FlatTransformation]
    public ImportanceMetric? Metric { get; set; }

    /// <summary>The number of times that each column is shuffled.</summary>
    [Parameter, ValidateRange(1, 10000)]
    [NumberTransformation]
    public int Repeats { get; set; } = 10;

    /// <summary>The seed of the shuffles.</summary>
    [Parameter, ValidateRange(0, long.MaxValue)]
    [NumberTransformation]
    public long Seed { get; set; } = 42;

    /// <summary>The culture of numbers in text; the default is that of the training.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        string path = ResolveModel(Model);
        _model = RowModel.Open(path, cancellationToken: Stop);
        _labelName = LabelProperty ?? _model.Metadata.LabelName ?? string.Empty;
        if (_labelName.Length == 0)
        {
            ThrowTerminatingError(Errors.LabelNameUnknown(path));
        }

        Metric ??= _model.IsRegression ? ImportanceMetric.R2 : ImportanceMetric.Accuracy;
        if (_model.IsRegression != Metric is ImportanceMetric.R2 or ImportanceMetric.MeanSquaredError)
        {
            ThrowTerminatingError(Errors.MetricUnfit($"{Metric}", _model.IsRegression));
        }

        string[] names = [.. _model.Schema.Columns.Select(column => column.Name)];
        if (Feature?.FirstOrDefault(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase)) is string unknown)
        {
            ThrowTerminatingError(Errors.FeatureNotFound(unknown, names));
        }

        _classes = _model.Labels.Index().DistinctBy(label => label.Item)
            .ToDictionary(label => label.Item, label => (double)label.Index, StringComparer.Ordinal);
        _targets = new NumberColumn(Culture);
        _rows = new ModelRows(this, _model.Schema, Culture, Take);
    }

    /// <inheritdoc/>
    protected override void OnProcess() => _rows!.Read(InputObject);

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        _rows!.Complete();
        if (_seen.FindMissing((nameof(LabelProperty), [_labelName])) is ErrorRecord missing)
        {
            ThrowTerminatingError(missing);
        }

        _targets!.Check(_labelName);
        if (_leftOut > 0)
        {
            WriteWarning(
                FormattableString.Invariant($"{_leftOut:N0} of {Quantity.Of(_leftOut + _truth.Count, "row")} ")
                + $"{(_leftOut == 1 ? "has" : "have")} no {(_model!.IsRegression ? "number" : "class of the model")} "
                + $"in '{_labelName}' and {(_leftOut == 1 ? "is" : "are")} not used.");
        }

        if (_truth.Count < 2)
        {
            ThrowTerminatingError(Errors.TooFewRows(_truth.Count));
        }

        Measure();
        WarnOfCopies();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _model?.Dispose();
        base.Dispose(disposing);
    }

    private void Take(PSObject row)
    {
        _seen.Look(row, _labelName);
        object? value = RowProperties.Unwrap(RowProperties.Get(row, _labelName));
        double truth = _model!.IsRegression
            ? _targets!.Read(_rows!.Count, value, out double number) == NumberKind.Ambiguous ? 0 : number
            : _classes.GetValueOrDefault(RowProperties.ToText(value) ?? string.Empty, double.NaN);
        if (!double.IsFinite(truth))
        {
            _leftOut++;
            return;
        }

        _truth.Add(truth);
        _numbers.AddRange(_rows!.Numbers);
        _texts.AddRange(_rows.Texts);
    }

    private void Measure()
    {
        TableSchema schema = _model!.Schema;
        TableColumn[] columns =
        [
            .. schema.Columns.Where(
                column => Feature?.Contains(column.Name, StringComparer.OrdinalIgnoreCase) ?? true),
        ];
        double[] numbers = [.. _numbers];
        string[] texts = [.. _texts];
        var bar = new ProgressBar(this, "Measuring importance");
        int done = 0;
        double whole = 0;
        double Score(int column, int[] order)
        {
            Stop.ThrowIfCancellationRequested();
            bar.Report(
                (double)done++ / ((columns.Length * Repeats) + 1), () => column < 0 ? "all" : columns[column].Name);
            double score = column < 0
                ? ScoreRows(numbers, texts)
                : ScoreShuffled(columns[column], order, numbers, texts);
            whole = column < 0 ? score : whole;
            return score;
        }

        IReadOnlyList<ShuffledColumn> found = PermutationImportance.Compute(
            [.. columns.Select(column => column.Name)], _truth.Count, Score, Repeats, (ulong)Seed);
        bar.Complete();
        foreach (ShuffledColumn importance in found.OrderByDescending(item => item.Importance))
        {
            WriteObject(new FeatureImportance(importance, Metric!.Value, whole, _model.Name));
        }
    }

    private double ScoreShuffled(TableColumn column, int[] order, double[] numbers, string[] texts)
    {
        TableSchema schema = _model!.Schema;
        if (column.TakesText)
        {
            return ScoreRows(numbers, Shuffle(texts, schema.Textual, column, order));
        }

        return ScoreRows(Shuffle(numbers, schema.Numeric, column, order), texts);
    }

    private static T[] Shuffle<T>(T[] cells, IReadOnlyList<TableColumn> columns, TableColumn column, int[] order)
    {
        T[] shuffled = [.. cells];
        int width = columns.Count;
        int place = Enumerable.Range(0, width).First(i => ReferenceEquals(columns[i], column));
        for (int row = 0; row < order.Length; row++)
        {
            shuffled[(row * width) + place] = cells[(order[row] * width) + place];
        }

        return shuffled;
    }

    // Higher is better.
    private double ScoreRows(double[] numbers, string[] texts)
    {
        int rows = _truth.Count;
        float[] outputs = _model!.Run(rows, numbers, texts, Stop);
        int units = _model.Units;
        double sum = 0;
        for (int row = 0; row < rows; row++)
        {
            Span<float> output = outputs.AsSpan(row * units, units);
            switch (Metric)
            {
                case ImportanceMetric.Accuracy:
                    sum += Classes.FromOutputs(output, _model.Metadata.Threshold) == (int)_truth[row] ? 1 : 0;
                    break;
                case ImportanceMetric.LogLoss:
                    double probability = units > 1 ? output[(int)_truth[row]]
                        : _truth[row] == 1 ? output[0] : 1.0 - output[0];
                    sum += DeterministicMath.Log(LogLoss.Clip(probability));
                    break;
                default:
                    double error = output[0] - _truth[row];
                    sum -= error * error;
                    break;
            }
        }

        if (Metric != ImportanceMetric.R2)
        {
            return sum / rows;
        }

        // Equal numbers have no variance to explain; scikit-learn then scores a perfect model 1 and others 0.
        double variance = Variance();
        return variance > 0 ? 1 + (sum / (variance * rows)) : sum == 0 ? 1 : 0;
    }

    private double Variance()
    {
        double mean = _truth.Average();
        return _truth.Average(value => (value - mean) * (value - mean));
    }

    private void WarnOfCopies()
    {
        IReadOnlyList<TableColumn> columns = _model!.Schema.Numeric;
        var copies = new List<string>();
        for (int i = 0; i < columns.Count; i++)
        {
            for (int j = i + 1; j < columns.Count; j++)
            {
                if (Math.Abs(Correlate(i, j, columns.Count)) > Copy)
                {
                    copies.Add($"'{columns[i].Name}' and '{columns[j].Name}'");
                }
            }
        }

        if (copies.Count > 0)
        {
            string more = copies.Count > MostNames
                ? FormattableString.Invariant($" and {copies.Count - MostNames:N0} more pairs")
                : string.Empty;
            WriteWarning(
                $"{string.Join(", ", copies.Take(MostNames))}{more} have nearly the same values. If one is shuffled, "
                + "the other still has what both know, so they share their importance, or each has all of it.");
        }
    }

    private double Correlate(int a, int b, int width)
    {
        Span<double> cells = CollectionsMarshal.AsSpan(_numbers);
        double n = 0, sumA = 0, sumB = 0, sumAA = 0, sumBB = 0, sumAB = 0;
        double firstA = double.NaN, firstB = double.NaN;
        for (int row = 0; row < cells.Length; row += width)
        {
            if (!double.IsFinite(cells[row + a]) || !double.IsFinite(cells[row + b]))
            {
                continue;
            }

            // Distances from the first row keep the digits of large numbers.
            (firstA, firstB) = n == 0 ? (cells[row + a], cells[row + b]) : (firstA, firstB);
            (double x, double y) = (cells[row + a] - firstA, cells[row + b] - firstB);
            n++;
            (sumA, sumB) = (sumA + x, sumB + y);
            (sumAA, sumBB, sumAB) = (sumAA + (x * x), sumBB + (y * y), sumAB + (x * y));
        }

        double spread = ((n * sumAA) - (sumA * sumA)) * ((n * sumBB) - (sumB * sumB));
        return spread > 0 ? ((n * sumAB) - (sumA * sumB)) / Math.Sqrt(spread) : 0;
    }
}
