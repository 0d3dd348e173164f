using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Values;

/// <summary>A model with its signature, ready for values of any kind.</summary>
public sealed class ModelRunner
{
    private readonly OnnxSession _session;
    private readonly IReadOnlyDictionary<string, OnnxType> _types;
    private readonly TimeSpan? _timeout;

    /// <summary>Gets ready.</summary>
    /// <param name="session">Stays the caller's.</param>
    /// <param name="outputs">The names of the outputs to compute; all where there are none.</param>
    /// <param name="timeout">How long a run may take; null for any time.</param>
    /// <exception cref="ModelException">The model has no such output.</exception>
    /// <exception cref="FileFormatException">The file is not ONNX.</exception>
    public ModelRunner(OnnxSession session, IReadOnlyList<string> outputs, TimeSpan? timeout = null)
    {
        _session = session;
        _timeout = timeout;
        Signature = OnnxSignature.Read(session.Path);
        Inputs = [.. Signature.Inputs.Where(input => !input.HasDefault)];
        string[] names = [.. session.Outputs.Select(output => output.Name)];
        Outputs = outputs.Count == 0 ? names : outputs;
        if (Outputs.FirstOrDefault(name => !names.Contains(name)) is string unknown)
        {
            throw new ModelException(
                ErrorIds.OutputNameUnknown,
                $"The model '{session.Path}' has no output '{unknown}'. Its outputs are: {string.Join(", ", names)}.");
        }

        _types = Signature.Inputs.ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);
    }

    /// <summary>What the model takes and gives.</summary>
    public OnnxSignature Signature { get; }

    /// <summary>The inputs that have no value in the model.</summary>
    public IReadOnlyList<OnnxParameter> Inputs { get; }

    /// <summary>The names of the outputs that are computed.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Values by names as the inputs take them.</summary>
    /// <param name="values">By the names of inputs, whatever their case where no other is written so.</param>
    /// <param name="unwrap">Takes a shell's wrapper off a value.</param>
    /// <exception cref="ModelException">A name is unknown, a value missing, or of another type or shape.</exception>
    public IReadOnlyDictionary<string, OnnxValue> Bind(
        IReadOnlyDictionary<string, object?> values, Func<object?, object?> unwrap)
    {
        // All names before any value: a wrong name is the better answer to a slip.
        var binder = new InputBinder(_session.Path, Signature.Inputs);
        IReadOnlyDictionary<OnnxParameter, object?> found = binder.Find(values);
        CheckComplete([.. found.Keys.Select(input => input.Name)]);
        return InputBinder.Convert(found, unwrap);
    }

    /// <summary>Runs the model once.</summary>
    /// <param name="inputs">By name.</param>
    /// <param name="cancellationToken">Ends a long run.</param>
    /// <returns>In the order of <see cref="Outputs"/>.</returns>
    /// <exception cref="ModelException">An input is missing, the run fails, or takes too long.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public IReadOnlyList<OnnxValue> Run(
        IReadOnlyDictionary<string, OnnxValue> inputs, CancellationToken cancellationToken = default)
    {
        CheckComplete(inputs.Keys.ToArray());
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
                + "Give it more time, or less to do.",
                e);
        }
    }

    /// <summary>
    /// How many rows like this one should run together: 256 on the CPU, else what the device has room for.
    /// </summary>
    public int GetBatchRows(OnnxTensor row) => _session.Provider.GetBatchRows(row.Bytes.Length);

    /// <summary>
    /// Runs rows of a model's one input together, where its outputs have a row for each; else one by one.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="rows">[1, ...] each, alike.</param>
    /// <param name="cancellationToken">Ends a long run.</param>
    /// <returns>For each row the outputs without their first axis.</returns>
    /// <inheritdoc cref="Run"/>
    public IReadOnlyList<IReadOnlyList<OnnxValue>> RunRows(
        string input, IReadOnlyList<OnnxTensor> rows, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<OnnxValue> outputs = RunOne(input, TensorRows.Join(rows), cancellationToken);
        if (outputs.All(output => output is OnnxTensor { Shape: [long count, ..] } && count == rows.Count))
        {
            return
            [
                .. Enumerable.Range(0, rows.Count).Select(row =>
                    (IReadOnlyList<OnnxValue>)[.. outputs.Select(output => TensorRows.Get((OnnxTensor)output, row))]),
            ];
        }

        return rows.Count == 1 ? [outputs] : [.. rows.Select(row => RunOne(input, row, cancellationToken))];
    }

    private void CheckComplete(string[] names)
    {
        OnnxParameter[] missing =
            [.. Inputs.Where(input => !names.Contains(input.Name) && input.Type.Kind != OnnxTypeKind.Optional)];
        if (missing.Length > 0)
        {
            throw new ModelException(
                ErrorIds.InputMissing,
                $"The model '{_session.Path}' also takes "
                + $"{string.Join("; ", missing.Select(input => input.ToString()))}. Give a value for each input.");
        }
    }

    private IReadOnlyList<OnnxValue> RunOne(string input, OnnxTensor value, CancellationToken cancellationToken) =>
        Run(new Dictionary<string, OnnxValue> { [input] = value }, cancellationToken);
}
