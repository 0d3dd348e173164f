using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Tables;
using OnnxDeep.Learning.Tables;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>
/// Applies a model to rows of the pipeline in batches, and writes the answers. At the end, warns of rows that are
/// unlike those of the training.
/// </summary>
internal sealed class RowApplication : IDisposable
{
    private static readonly string[] s_classNames = ["Label", "Probability", "Scores"];

    private readonly OnnxDeepCmdlet _cmdlet;
    private readonly RowModel _model;
    private readonly RowAnswer? _answers;
    private readonly ModelRows _rows;
    private readonly SchemaDrift _drift;
    private readonly List<double> _numbers = [];
    private readonly List<string> _texts = [];
    private PromptBatch<PSObject>? _batch;

    /// <summary>Creates the application, which owns the model.</summary>
    /// <param name="cmdlet">The cmdlet that writes the answers.</param>
    /// <param name="model">The model.</param>
    /// <param name="passesThru">Whether rows are returned with their answers.</param>
    /// <param name="culture">The culture of numbers in text; null for that of the training.</param>
    public RowApplication(OnnxDeepCmdlet cmdlet, RowModel model, bool passesThru, CultureInfo? culture)
    {
        _cmdlet = cmdlet;
        _model = model;
        _rows = new ModelRows(cmdlet, model.Schema, culture, Take);
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
    public void Read(object? item) => _rows.Read(item);

    /// <summary>Writes the answers for the rows that wait.</summary>
    public void Flush() => _batch?.Flush();

    /// <summary>Ends the input.</summary>
    public void Complete()
    {
        _rows.Complete();
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

    private void Take(PSObject row)
    {
        _drift.Add(_rows.States, _rows.Numbers, _rows.Texts);
        _numbers.AddRange(_rows.Numbers);
        _texts.AddRange(_rows.Texts);
        _batch!.Add(row);
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
