using System.Management.Automation;

using OnnxDeep.Inference.Conversion;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Makes a model smaller, optimises it, or opens its batch, and tells what it costs.</summary>
[Cmdlet(VerbsData.Convert, "OnnxModel", SupportsShouldProcess = true, HelpUri = HelpUris.ConvertOnnxModel)]
[OutputType(typeof(ModelConversion))]
public sealed class ConvertOnnxModelCommand : SampleCmdlet
{
    private readonly HashSet<string> _outputs = new(StringComparer.Ordinal);
    private ExecutionProvider? _provider;

    /// <summary>The name of a model of the module, or an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
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
    [Parameter, ProviderCompleter, ValidateNotNullOrEmpty]
    public string Provider { get; set; } = ProviderParameters.Default;

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

        _provider = ProviderParameters.Resolve(this, Provider, DeviceId, ProviderOption);
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        Stop.ThrowIfCancellationRequested();

        // One bad model leaves the others.
        Attempt(Path, () => Process(ResolveModel(Path), GetFullPath(OutputPath)));
    }

    private void Process(string path, string output)
    {
        if (!_outputs.Add(output))
        {
            WriteError(Errors.OutputPathTaken(path, output));
            return;
        }

        if (NoClobber && File.Exists(output))
        {
            WriteError(Errors.FileExists(output));
            return;
        }

        if (!ShouldProcess(output, $"Write the model '{path}' with {Describe()}"))
        {
            return;
        }

        ModelConversion conversion = Convert(path, output);
        foreach (string warning in Warn(conversion))
        {
            WriteWarning(warning);
        }

        foreach (string skipped in conversion.Skipped)
        {
            WriteVerbose($"Stays as it is: {skipped}.");
        }

        WriteObject(conversion);
    }

    private IEnumerable<string> Warn(ModelConversion conversion)
    {
        if (conversion.Reason.Length > 0)
        {
            yield return $"The new model was not compared with '{conversion.Source}': {conversion.Reason}";
        }

        if (DynamicBatch && !conversion.Conversions.Contains("DynamicBatch"))
        {
            yield return $"The first input of '{conversion.Source}' has an open first axis already, or none: "
                + "-DynamicBatch changed nothing.";
        }

        if (To is not null && conversion.Ratio >= 1)
        {
            yield return $"'{conversion.Path}' is no smaller than '{conversion.Source}': its weights are few, "
                + "or serve other operators too.";
        }
    }

    private ModelConversion Convert(string path, string output)
    {
        var bar = new ProgressBar(this, $"Converting the model '{path}'");
        try
        {
            return ModelConversionRun.Convert(
                path, output, ReadSettings(path), (done, step) => bar.Report(done, () => step), Stop);
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
        Shape = ReadShape(BatchSize, ComparedRows),
        Given = ReadGiven(path),
        Seed = (ulong)Seed,
    };

    private string Describe() => string.Join(", ", new[]
    {
        DynamicBatch ? "an open batch" : string.Empty,
        To is WeightFormat format ? $"weights in {format}" : string.Empty,
        Optimize ? $"a graph optimised for {_provider}" : string.Empty,
    }.Where(part => part.Length > 0));
}
