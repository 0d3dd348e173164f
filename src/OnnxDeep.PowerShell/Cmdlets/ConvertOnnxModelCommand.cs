using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.Onnx;
using OnnxDeep.PowerShell.Completion;

namespace OnnxDeep.PowerShell.Cmdlets;

/// <summary>Makes a model smaller, optimises it, or opens its batch, and tells what it costs.</summary>
[Cmdlet(VerbsData.Convert, "OnnxModel", SupportsShouldProcess = true)]
[OutputType(typeof(ModelConversion))]
public sealed class ConvertOnnxModelCommand : SampleCmdlet
{
    private ExecutionProvider? _provider;
    private string _output = string.Empty;
    private bool _isOutputTaken;

    /// <summary>The name of a model of the module, or an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string OutputPath { get; set; } = string.Empty;

    /// <summary>How the weights of dense layers are to be stored.</summary>
    [Parameter]
    public WeightFormat? To { get; set; }

    /// <summary>Saves the graph as ONNX Runtime rewrites it.</summary>
    [Parameter]
    public SwitchParameter Optimize { get; set; }

    /// <summary>Lets the first axis of inputs and outputs have any extent.</summary>
    [Parameter]
    public SwitchParameter DynamicBatch { get; set; }

    /// <summary>How far -Optimize rewrites the graph.</summary>
    [Parameter]
    public GraphOptimization GraphOptimization { get; set; } = GraphOptimization.Extended;

    /// <summary>Leaves a file that is there already as it is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Where the models run: Auto, CPU, CUDA or any other execution provider.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string Provider { get; set; } = "CPU";

    /// <summary>The rows of the made-up inputs, where their first axis is open.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? BatchSize { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (To is null && !Optimize && !DynamicBatch)
        {
            ThrowTerminatingError(Errors.NoConversion());
        }

        _output = GetFullPath(SessionState.Path, OutputPath);
        if (NoClobber && File.Exists(_output))
        {
            ThrowTerminatingError(Errors.FileExists(_output));
        }

        _provider = ResolveProvider(Provider, DeviceId, ProviderOption);
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        Stop.ThrowIfCancellationRequested();
        string path = ResolveModel(Path);
        if (_isOutputTaken)
        {
            WriteError(Errors.OutputPathTaken(path, _output));
            return;
        }

        _isOutputTaken = true;
        if (!ShouldProcess(_output, $"Write the model '{path}' with {Describe()}"))
        {
            return;
        }

        ModelConversion conversion = Convert(path);
        if (conversion.Reason.Length > 0)
        {
            WriteWarning($"The new model was not compared with '{path}': {conversion.Reason} Inputs that fit can be given with -InputObject.");
        }

        foreach (string skipped in conversion.Skipped)
        {
            WriteVerbose($"Stays as it is: {skipped}");
        }

        WriteObject(conversion);
    }

    private ModelConversion Convert(string path)
    {
        var bar = new ProgressBar(this, $"Converting the model '{path}'");
        try
        {
            return ModelConversionRun.Convert(path, _output, ReadSettings(path), (done, step) => bar.Report(done, () => step), Stop);
        }
        finally
        {
            bar.Complete();
        }
    }

    private ConversionSettings ReadSettings(string path) => new()
    {
        To = To,
        OpensBatch = DynamicBatch,
        Optimization = Optimize ? GraphOptimization : null,
        Provider = _provider!,
        Shape = ReadShape(BatchSize),
        Given = InputObject.Count > 0 ? ReadGiven(path, OnnxSignature.Read(path)) : new Dictionary<string, OnnxValue>(),
        Seed = (ulong)Seed,
    };

    private string Describe() => string.Join(", ", new[]
    {
        DynamicBatch ? "an open batch" : string.Empty,
        To is WeightFormat format ? $"weights in {format}" : string.Empty,
        Optimize ? $"a graph optimised for {_provider}" : string.Empty,
    }.Where(part => part.Length > 0));
}
