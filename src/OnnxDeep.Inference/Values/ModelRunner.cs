using System.Globalization;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>Runs a model with values of any kind, based on its signature.</summary>
public sealed class ModelRunner
{
    private readonly OnnxSession _session;
    private readonly IReadOnlyDictionary<string, OnnxType> _types;
    private readonly TimeSpan? _timeout;
    private readonly Lazy<RowAnswers> _rows;
    private (OnnxTensor Row, IReadOnlyList<OnnxValue> Outputs)? _sample;

    /// <summary>Creates a runner.</summary>
    /// <param name="session">The session, which the caller still owns.</param>
    /// <param name="outputs">
    /// The names of the outputs to compute, as the model has them; empty for all. Duplicates are ignored.
    /// </param>
    /// <param name="timeout">The time limit of a run; null for no limit.</param>
    /// <exception cref="ModelException">The model does not have one of the outputs.</exception>
    /// <exception cref="FileFormatException">The file is not ONNX.</exception>
    /// <exception cref="OnnxDeepException">The file is no longer the one that the session loaded.</exception>
    public ModelRunner(OnnxSession session, IReadOnlyList<string> outputs, TimeSpan? timeout = null)
    {
        _session = session;
        _timeout = timeout;
        Signature = OnnxSignature.Read(session.Path);
        session.Files.Check();
        Inputs = [.. Signature.Inputs.Where(input => !input.HasDefault)];
        string[] names = [.. session.Outputs.Select(output => output.Name)];
        Outputs = outputs.Count == 0 ? names : [.. outputs.Distinct(StringComparer.Ordinal)];
        if (Outputs.Except(names).FirstOrDefault() is string unknown)
        {
            throw new ModelException(
                ErrorIds.OutputNameUnknown,
                $"The model '{session.Path}' has no output '{unknown}'. Its outputs are: {string.Join(", ", names)}.");
        }

        _types = Signature.Inputs.ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);
        _rows = new Lazy<RowAnswers>(
            () => new RowAnswers(Signature, Outputs, session.RowFlow), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The inputs and outputs of the model.</summary>
    public OnnxSignature Signature { get; }

    /// <summary>The inputs without a default value in the model.</summary>
    public IReadOnlyList<OnnxParameter> Inputs { get; }

    /// <summary>The names of the outputs that are computed.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The culture of numbers in text; null for numbers with a decimal point.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>Converts values by name to those that the inputs take.</summary>
    /// <param name="values">Values by input name; case is ignored unless names differ only by case.</param>
    /// <param name="unwrap">Removes a shell's wrapper from a value.</param>
    /// <exception cref="ModelException">
    /// A name is unknown, or a value is missing or has another type or shape.
    /// </exception>
    public IReadOnlyDictionary<string, OnnxValue> Bind(
        IReadOnlyDictionary<string, object?> values, Func<object?, object?> unwrap) => Bind(values, unwrap, out _);

    /// <inheritdoc cref="Bind(IReadOnlyDictionary{string, object?}, Func{object?, object?})"/>
    /// <param name="values">Values by input name; case is ignored unless names differ only by case.</param>
    /// <param name="unwrap">Removes a shell's wrapper from a value.</param>
    /// <param name="isRow">
    /// Whether every value for an input whose first axis is dynamic is a single row, without the batch axis.
    /// </param>
    internal IReadOnlyDictionary<string, OnnxValue> Bind(
        IReadOnlyDictionary<string, object?> values, Func<object?, object?> unwrap, out bool isRow)
    {
        // Checks all names before any value, because a wrong name is the more helpful error.
        var binder = new InputBinder(_session.Path, Signature.Inputs, Culture);
        IReadOnlyDictionary<OnnxParameter, object?> found = binder.Find(values);
        CheckComplete([.. found.Keys.Select(input => input.Name)]);
        return binder.Convert(found, unwrap, out isRow);
    }

    /// <summary>Runs the model once.</summary>
    /// <param name="inputs">The values by input name.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The outputs in the order of <see cref="Outputs"/>.</returns>
    /// <exception cref="ModelException">An input is missing, or the run fails or exceeds the time limit.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public IReadOnlyList<OnnxValue> Run(
        IReadOnlyDictionary<string, OnnxValue> inputs, CancellationToken cancellationToken = default)
    {
        CheckComplete([.. inputs.Keys]);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_timeout is TimeSpan timeout)
        {
            source.CancelAfter(timeout);
        }

        try
        {
            return _session.Run(inputs, Outputs, _types, source.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelException(
                ErrorIds.RunTimedOut,
                FormattableString.Invariant(
                        $"The model '{_session.Path}' ran longer than {_timeout!.Value.TotalSeconds} seconds. ")
                    + "Increase the time limit, or use fewer or smaller inputs.",
                e);
        }
    }

    /// <summary>
    /// Returns how many rows like this one should be run together: 256 on the CPU, otherwise a batch that fits the
    /// device's memory.
    /// </summary>
    public int GetBatchRows(OnnxTensor row) => _session.Provider.GetBatchRows(row.Bytes.Length);

    /// <summary>Why rows run one by one, as the rest of a sentence; null if they run together.</summary>
    internal string? RowObstacle => _rows.Value.Obstacle;

    /// <summary>
    /// Runs rows of a model's single input together if the model's operators keep the rows apart; otherwise one by one.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="rows">Rows of shape [1, ...], all of the same type and shape.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>
    /// The outputs of each row as those of a run with this row only; without their first axis if it is that of the
    /// rows.
    /// </returns>
    /// <inheritdoc cref="Run"/>
    public IReadOnlyList<IReadOnlyList<OnnxValue>> RunRows(
        string input, IReadOnlyList<OnnxTensor> rows, CancellationToken cancellationToken = default)
    {
        if (rows.Count > 1 && RowObstacle is null)
        {
            // One row shows what is a row's in the outputs of several.
            if (_sample is not (OnnxTensor row, _) || !TensorRows.IsAlike(row, rows[0]))
            {
                _sample = (rows[0], RunOne(input, rows[0], cancellationToken));
            }

            IReadOnlyList<OnnxValue> outputs = RunOne(input, TensorRows.Join(rows), cancellationToken);
            if (_rows.Value.Split(outputs, _sample.Value.Outputs, rows.Count) is OnnxValue[][] answers)
            {
                return answers;
            }
        }

        return [.. rows.Select(row => _rows.Value.Strip(RunOne(input, row, cancellationToken)))];
    }

    /// <summary>Runs the model with one row for each input.</summary>
    /// <param name="inputs">The values by input name, with a batch of one.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>The outputs without their first axis if it is that of the rows.</returns>
    /// <inheritdoc cref="Run"/>
    internal IReadOnlyList<OnnxValue> RunRow(
        IReadOnlyDictionary<string, OnnxValue> inputs, CancellationToken cancellationToken) =>
        _rows.Value.Strip(Run(inputs, cancellationToken));

    private void CheckComplete(string[] names)
    {
        HashSet<string> given = new(names, StringComparer.Ordinal);
        OnnxParameter[] missing =
            [.. Inputs.Where(input => !given.Contains(input.Name) && input.Type.Kind != OnnxTypeKind.Optional)];
        if (missing.Length > 0)
        {
            string? twin = Array.Find(
                names, name => name.Equals(missing[0].Name, StringComparison.OrdinalIgnoreCase));
            if (twin is not null)
            {
                throw new ModelException(
                    ErrorIds.InputNameAmbiguous,
                    $"The model '{_session.Path}' takes '{twin}' and '{missing[0].Name}', which differ only in case, "
                    + $"and has a value for '{twin}' only. Specify both in a dictionary that distinguishes case.");
            }

            TableSchema? table = ModelMetadata.FromProperties(_session.GetProperties()).Table;
            throw new ModelException(
                table is null ? ErrorIds.InputMissing : ErrorIds.ModelTakesColumns,
                $"The model '{_session.Path}' also takes {string.Join<OnnxParameter>("; ", missing)}"
                + $"{(table is null ? string.Empty : $", the values of the columns {table}")}. "
                + "Specify a value for each input.");
        }
    }

    private IReadOnlyList<OnnxValue> RunOne(string input, OnnxTensor value, CancellationToken cancellationToken) =>
        Run(new Dictionary<string, OnnxValue> { [input] = value }, cancellationToken);
}
