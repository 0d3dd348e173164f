using System.Collections;
using System.Globalization;
using System.Management.Automation;
using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Runs an ONNX model.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "OnnxModel", SupportsShouldProcess = true, HelpUri = HelpUris.InvokeOnnxModel)]
[OutputType(typeof(PSObject))]
public sealed class InvokeOnnxModelCommand : OnnxDeepCmdlet
{
    private const int MostAttempts = 20;

    private readonly List<OnnxTensor> _rows = [];
    private UnfitRows? _unfit;
    private FileLease<OnnxSession>? _lease;
    private ModelProfile? _profile;
    private ModelRunner? _runner;
    private int _batchRows;
    private bool _isExplained;

    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Model", "FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The values by input name, or the value of the only input.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary>The outputs to compute; the default is all.</summary>
    [Parameter]
    [OutputCompleter, ValidateNotNullOrEmpty]
    public string[] OutputName { get; set; } = [];

    /// <summary>Returns tensors instead of .NET numbers and arrays.</summary>
    [Parameter]
    public SwitchParameter AsTensor { get; set; }

    /// <summary>The number of threads that an operator may use.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    [NumberTransformation]
    public int? Threads { get; set; }

    /// <summary>The level of graph optimisation.</summary>
    [Parameter]
    [FlatTransformation]
    public GraphOptimization GraphOptimization { get; set; } = GraphOptimization.All;

    /// <summary>The file for ONNX Runtime's profile of the run.</summary>
    [Parameter]
    [FileCompleter(".json"), ValidateNotNullOrEmpty]
    public string? Profile { get; set; }

    /// <summary>The maximum number of seconds for a run.</summary>
    [Parameter]
    [ValidateRange(0.001, 1_000_000)]
    [NumberTransformation]
    public double? RunTimeout { get; set; }

    /// <summary>Where the model runs: Auto, CPU, CUDA or any other execution provider.</summary>
    [Parameter, ProviderCompleter, ValidateNotNullOrEmpty]
    public string Provider { get; set; } = ProviderParameters.Default;

    /// <inheritdoc cref="SampleCmdlet.DeviceId"/>
    [Parameter, ValidateRange(0, int.MaxValue)]
    [NumberTransformation]
    public int? DeviceId { get; set; }

    /// <inheritdoc cref="SampleCmdlet.ProviderOption"/>
    [Parameter, ValidateNotNull]
    public Hashtable? ProviderOption { get; set; }

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _unfit = new UnfitRows(this);
        _runner = CreateRunner(ResolveModel(Path));
        if (_runner.Outputs.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(names => names.Count() > 1) is IEnumerable<string> names)
        {
            ThrowTerminatingError(Errors.OutputNameAmbiguous(Path, names));
        }
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        Stop.ThrowIfCancellationRequested();
        try
        {
            if (ReadNamed(InputObject, _runner!.Signature.Inputs) is IReadOnlyDictionary<string, object?> named)
            {
                RunRows();
                IReadOnlyDictionary<string, OnnxValue> inputs =
                    _runner.Bind(named, RowProperties.Unwrap, out bool isRow);
                _unfit!.Accept();
                Write(isRow ? _runner.RunRow(inputs, Stop) : _runner.Run(inputs, Stop), isRow);
            }
            else
            {
                RunDirect(InputObject);
            }
        }
        catch (OnnxDeepException e) when (
            e.ErrorId is ErrorIds.InputMissing or ErrorIds.InputNameUnknown or ErrorIds.ModelInputMismatch
                or ErrorIds.ModelTakesColumns)
        {
            _unfit!.Refuse(
                Errors.From(e, InputObject),
                Errors.InputsNotFound(e, _runner!.Inputs.Select(input => input.Name), InputObject));
        }
        catch (OnnxDeepException e)
        {
            _unfit!.Accept();
            Report(Errors.From(e, InputObject));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        Flush();
        if (_unfit!.OfAll is ErrorRecord error)
        {
            WriteError(error);
        }

        _profile?.Finish(Stop);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _lease?.Dispose();
        _profile?.Dispose();
        base.Dispose(disposing);
    }

    // Between the loading of the model and the reading of its signature, another program may replace it.
    private ModelRunner CreateRunner(string path)
    {
        TimeSpan? timeout = RunTimeout is double seconds ? TimeSpan.FromSeconds(seconds) : null;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new ModelRunner(Open(path), OutputName, timeout) { Culture = Culture };
            }
            catch (OnnxDeepException e) when (
                e.ErrorId == ErrorIds.FileChanged && attempt < MostAttempts && _lease is not null)
            {
                _lease.Dispose();
            }
        }
    }

    // A session with its own settings is not shared.
    private OnnxSession Open(string path)
    {
        ExecutionProvider provider = ProviderParameters.Resolve(this, Provider, DeviceId, ProviderOption);
        string? profile = Profile is null ? null : GetOutputPath(Profile);
        if (profile is not null && !ShouldProcess(profile, "Write the profile"))
        {
            profile = null;
        }

        if (profile is not null)
        {
            // An invalid path must fail before the model runs.
            AtomicFile.Create(profile).Dispose();
        }

        if (Threads is null && GraphOptimization == GraphOptimization.All && profile is null)
        {
            _lease = SharedFiles.RentSession(path, provider, Stop);
            return _lease.Value;
        }

        _profile = new ModelProfile(path, provider, Threads ?? 0, GraphOptimization, profile, Stop);
        return _profile.Session;
    }

    // The values by input name; null if the object itself is the value of the only input.
    private static Dictionary<string, object?>? ReadNamed(object? given, IReadOnlyList<OnnxParameter> inputs)
    {
        object? value = RowProperties.Unwrap(given);
        if (value is IDictionary pairs)
        {
            // If the only input is a map, the hashtable is its value, unless one of the keys names the input.
            return inputs is [{ Type.Kind: OnnxTypeKind.Map } only] && !pairs.Contains(only.Name)
                ? null
                : RowProperties.ToInputs(pairs);
        }

        if (value is null || !RowProperties.IsRow(value))
        {
            return null;
        }

        // Objects, such as rows of a file, may have more properties than the model has inputs. Of inputs whose names
        // differ only in case, a property is the one that is written like it.
        var row = PSObject.AsPSObject(given);
        string[] names =
        [
            .. inputs.Where(input => row.Properties[input.Name] is PSPropertyInfo property
                    && (property.Name == input.Name || InputBinder.FindTwin(inputs, input) is null))
                .Select(input => input.Name),
        ];
        return names.Length == 0 && value is not PSCustomObject
            ? null
            : names.ToDictionary(name => name, name => RowProperties.Get(row, name), StringComparer.Ordinal);
    }

    // A value with the model's number of axes is a batch; a value with one fewer is a row of a batch.
    private void RunDirect(object? value)
    {
        if (_runner!.Inputs is not [OnnxParameter input])
        {
            throw new ModelException(
                ErrorIds.ModelInputMismatch,
                $"The model '{Path}' takes {string.Join("; ", _runner.Inputs)}. "
                + "Specify a hashtable or an object with a value for each input.");
        }

        var converter = new InputConverter(input, RowProperties.Unwrap, Culture);
        OnnxValue converted = converter.Convert(value);
        _unfit!.Accept();
        if (converter.IsRow && converted is OnnxTensor row)
        {
            if (_rows.Count > 0 && !TensorRows.IsAlike(_rows[0], row))
            {
                RunRows();
            }

            if (_rows.Count == 0)
            {
                _batchRows = _runner.GetBatchRows(row);
            }

            _rows.Add(row);
            if (_rows.Count == _batchRows)
            {
                RunRows();
            }

            return;
        }

        RunRows();
        Write(_runner.Run(new Dictionary<string, OnnxValue> { [input.Name] = converted }, Stop), false);
    }

    private protected override void Flush()
    {
        try
        {
            RunRows();
        }
        catch (ModelException e)
        {
            WriteError(Errors.From(e, null));
        }
    }

    private void RunRows()
    {
        if (_rows.Count == 0)
        {
            return;
        }

        OnnxTensor[] rows = [.. _rows];
        _rows.Clear();
        if (rows.Length > 1 && !_isExplained && _runner!.RowObstacle is string obstacle)
        {
            _isExplained = true;
            WriteVerbose($"The rows run one by one: {obstacle}.");
        }

        try
        {
            RunRows(rows);
        }
        catch (ModelException e) when (rows.Length > 1 && e.ErrorId == ErrorIds.ModelInvalid)
        {
            // The error of one row says nothing about the others.
            foreach (OnnxTensor row in rows)
            {
                TryRunRow(row);
            }
        }
    }

    private void TryRunRow(OnnxTensor row)
    {
        try
        {
            RunRows([row]);
        }
        catch (ModelException e)
        {
            WriteError(Errors.From(e, row));
        }
    }

    private void RunRows(OnnxTensor[] rows)
    {
        foreach (IReadOnlyList<OnnxValue> outputs in _runner!.RunRows(_runner.Inputs[0].Name, rows, Stop))
        {
            Write(outputs, true);
        }
    }

    private void Write(IReadOnlyList<OnnxValue> outputs, bool isRow) =>
        WriteObject(ModelOutput.Create(_runner!.Outputs, outputs, isRow, AsTensor));
}
