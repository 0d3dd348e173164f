using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Tables;
using OnnxDeep.Learning.Tables;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>
/// Applies a model to rows of the pipeline in batches, and writes the answers. At the end, warns of rows that are unlike
/// those of the training.
/// </summary>
internal sealed class RowApplication : IDisposable
{
    private static readonly string[] s_classNames = ["Label", "Probability", "Scores"];

    private readonly OnnxDeepCmdlet _cmdlet;
    private readonly RowModel _model;
    private readonly RowAnswer? _answers;
    private readonly string[] _columns;
    private readonly TableRowReader _reader;
    private readonly CellState[] _states;
    private readonly double[] _rowNumbers;
    private readonly string[] _rowTexts;
    private readonly SchemaDrift _drift;
    private readonly List<double> _numbers = [];
    private readonly List<string> _texts = [];
    private PromptBatch<PSObject>? _batch;
    private ErrorRecord? _first;
    private bool _isFound;
    private long _count;

    /// <summary>Creates the application, which owns the model.</summary>
    /// <param name="cmdlet">The cmdlet that writes the answers.</param>
    /// <param name="model">The model.</param>
    /// <param name="passesThru">Whether rows are returned with their answers.</param>
    /// <param name="culture">The culture of numbers in text; null for that of the training.</param>
    public RowApplication(OnnxDeepCmdlet cmdlet, RowModel model, bool passesThru, CultureInfo? culture)
    {
        _cmdlet = cmdlet;
        _model = model;
        _columns = [.. model.Schema.Columns.Select(column => column.Name)];
        _reader = new TableRowReader(model.Schema, TextVectorizer.Normalize, culture);
        _states = new CellState[_columns.Length];
        _rowNumbers = new double[model.Schema.Numeric.Count];
        _rowTexts = new string[model.Schema.Textual.Count];
        _drift = new SchemaDrift(model.Schema);
        _answers = passesThru ? new RowAnswer(cmdlet, model.IsRegression ? ["Prediction"] : s_classNames) : null;
    }

    /// <summary>The threshold of two classes; null for the model's own.</summary>
    public float? Threshold { get; init; }

    /// <summary>Cancels a run.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Checks the parameters before the first row.</summary>
    /// <param name="batchSize">The number of rows of a run; null for the device's.</param>
    public void Begin(int? batchSize)
    {
        _batch = new PromptBatch<PSObject>(batchSize ?? _model.PreferredBatchSize, Answer);
        if (Threshold is not null && (_model.IsRegression || _model.Units > 1))
        {
            _cmdlet.ThrowTerminatingError(Errors.ThresholdUnfit(
                $"the model '{_model.Path}' "
                + (_model.IsRegression ? "predicts a number." : $"has {_model.Labels.Count} classes, not two.")));
        }

        _cmdlet.WriteVerbose($"Model '{_model.Path}', columns: {_model.Schema}.");
    }

    /// <summary>Reads an item of the pipeline: a row, or a list of rows.</summary>
    public void Read(object? item) => Read(item, 0);

    /// <summary>Writes the answers for the rows that wait.</summary>
    public void Flush() => _batch?.Flush();

    /// <summary>Ends the input.</summary>
    public void Complete()
    {
        if (_first is ErrorRecord error)
        {
            _cmdlet.Terminate(error);
        }

        foreach (string text in _drift.NameUnknown())
        {
            _cmdlet.WriteVerbose(text);
        }

        foreach (string text in _drift.Warn())
        {
            _cmdlet.WriteWarning(text);
        }
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => _model.Dispose();

    private void Read(object? item, int level)
    {
        object? plain = RowProperties.Unwrap(item);
        if (plain is not (string or IDictionary) && plain is not null
            && LanguagePrimitives.GetEnumerable(plain) is IEnumerable list)
        {
            foreach (object? part in list)
            {
                Read(part, Nesting.Enter(level));
            }

            return;
        }

        _count++;
        if (plain is null or string or IConvertible)
        {
            Refuse(Errors.NotARow(_count, plain, _columns));
        }
        else
        {
            ReadRow(PSObject.AsPSObject(item!));
        }
    }

    private void ReadRow(PSObject row)
    {
        ErrorRecord? error = ReadCells(row, out bool hasColumns);
        if (!hasColumns)
        {
            Refuse(error!);
            return;
        }

        Release();
        if (error is not null)
        {
            _cmdlet.Report(error);
            return;
        }

        _drift.Add(_states, _rowNumbers, _rowTexts);
        _numbers.AddRange(_rowNumbers);
        _texts.AddRange(_rowTexts);
        _batch!.Add(row);
    }

    private ErrorRecord? ReadCells(PSObject row, out bool hasColumns)
    {
        hasColumns = true;
        for (int i = 0; i < _columns.Length; i++)
        {
            object? value;
            try
            {
                if (!RowProperties.TryGet(row, _columns[i], out value))
                {
                    hasColumns = false;
                    return Errors.ColumnsMissing(row, _columns);
                }
            }
            catch (OnnxDeepException e)
            {
                return Errors.From(e, row);
            }

            _states[i] = _reader.Read(i, value, _rowNumbers, _rowTexts);
            if (_states[i] == CellState.Invalid)
            {
                return Errors.CellInvalid(_count, _reader.Explain(i, value), row);
            }
        }

        return null;
    }

    // The first row waits for the next one: if that lacks columns too, the rows are those of another table, and one
    // error says it for all.
    private void Refuse(ErrorRecord error)
    {
        if (_isFound)
        {
            _cmdlet.Report(error);
        }
        else if (_first is null)
        {
            _first = error;
        }
        else
        {
            ErrorRecord first = _first;
            _first = null;
            _cmdlet.Terminate(first);
        }
    }

    // After another row, the first one is an exception.
    private void Release()
    {
        _isFound = true;
        if (_first is ErrorRecord error)
        {
            _first = null;
            _cmdlet.Report(error);
        }
    }

    private void Answer(IReadOnlyList<PSObject> rows)
    {
        try
        {
            try
            {
                Answer(rows, 0, rows.Count);
            }
            catch (ModelException) when (rows.Count > 1)
            {
                // The error of one row says nothing about the others.
                for (int i = 0; i < rows.Count; i++)
                {
                    AnswerAlone(rows, i);
                }
            }
        }
        finally
        {
            _numbers.Clear();
            _texts.Clear();
        }
    }

    private void AnswerAlone(IReadOnlyList<PSObject> rows, int row)
    {
        try
        {
            Answer(rows, row, 1);
        }
        catch (ModelException e)
        {
            _cmdlet.WriteError(Errors.From(e, rows[row]));
        }
    }

    private void Answer(IReadOnlyList<PSObject> rows, int first, int count)
    {
        int columns = _model.Schema.Numeric.Count;
        Span<double> numbers = CollectionsMarshal.AsSpan(_numbers).Slice(first * columns, count * columns);
        List<string> texts = _texts.GetRange(first * _model.Schema.Textual.Count, count * _model.Schema.Textual.Count);
        if (_model.IsRegression)
        {
            PredictedRow[] predicted = _model.Predict(count, numbers, texts, Stop);
            for (int i = 0; i < count; i++)
            {
                _cmdlet.WriteObject(_answers?.Add(rows[first + i], predicted[i].Prediction) ?? (object)predicted[i]);
            }

            return;
        }

        ClassifiedRow[] answers = _model.Classify(count, numbers, texts, Threshold, Stop);
        for (int i = 0; i < count; i++)
        {
            ClassifiedRow answer = answers[i];
            _cmdlet.WriteObject(
                _answers?.Add(rows[first + i], answer.Label, answer.Probability, answer.Scores) ?? (object)answer);
        }
    }
}
