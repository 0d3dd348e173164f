using System.Management.Automation;

using OnnxDeep.Inference.Conversion;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>
/// Converts a model to smaller weights, an optimised graph or a dynamic batch, and measures the differences.
/// </summary>
[Cmdlet(VerbsData.Convert, "OnnxModel", SupportsShouldProcess = true, HelpUri = HelpUris.ConvertOnnxModel)]
[OutputType(typeof(ModelConversion))]
public sealed class ConvertOnnxModelCommand : SampleCmdlet
{
    private readonly HashSet<string> _outputs = new(StringComparer.Ordinal);
    private ExecutionProvider? _provider;

    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [FileCompleter(".onnx"), ValidateNotNullOrEmpty]
    public string OutputPath { get; set; } = string.Empty;

    /// <summary>The format in which to store the weights of dense layers.</summary>
    [Parameter]
    [FlatTransformation]
    public WeightFormat? To { get; set; }

    /// <summary>Saves the graph as optimised by ONNX Runtime.</summary>
    [Parameter]
    public SwitchParameter Optimize { get; set; }

    /// <summary>Makes the first axis of the inputs and outputs dynamic.</summary>
    [Parameter]
    public SwitchParameter DynamicBatch { get; set; }

    /// <summary>The level of graph optimisation for -Optimize.</summary>
    [Parameter]
    [FlatTransformation]
    public GraphOptimization GraphOptimization { get; set; } = GraphOptimization.Extended;

    /// <summary>Prevents an existing file from being overwritten.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Where the models run: Auto, CPU, CUDA or any other execution provider.</summary>
    [Parameter, ProviderCompleter, ValidateNotNullOrEmpty]
    public string Provider { get; set; } = ProviderParameters.Default;

    /// <summary>The number of rows in the generated inputs if their first axis is dynamic.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberTransformation]
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

        // An error in one model does not stop the others.
        Attempt(Path, () => Process(ResolveModel(Path), GetOutputPath(OutputPath)));
    }

    private void Process(string path, string output)
    {
        if (!_outputs.Add(output))
        {
            WriteError(Errors.OutputPathTaken(path, output));
            return;
        }

        // An output that cannot be written must fail before the conversion, which may take minutes.
        OutputTarget.Find(output, Existing);
        if (!ShouldProcess(output, $"Write the model '{path}' with {Describe()}"))
        {
            return;
        }

        ModelConversion conversion = Convert(path, output);
        WarnOfChoice(System.IO.Path.GetFileNameWithoutExtension(path), conversion.ChosenInputs);
        foreach (string warning in Warn(conversion))
        {
            WriteWarning(warning);
        }

        foreach (string skipped in conversion.Skipped)
        {
            WriteVerbose($"Not converted: {skipped}.");
        }

        WriteObject(conversion);
    }

    private IEnumerable<string> Warn(ModelConversion conversion)
    {
        if (conversion.Reason.Length > 0)
        {
            yield return $"The new model was not compared with '{conversion.Source}': {conversion.Reason}";
        }

        foreach (string remark in conversion.Remarks)
        {
            yield return $"The comparison with '{conversion.Source}': {remark}";
        }

        if (DynamicBatch && !conversion.Conversions.Contains("DynamicBatch"))
        {
            yield return $"The first axis of the first input of '{conversion.Source}' is already dynamic or missing: "
                + "-DynamicBatch changed nothing.";
        }

        if (To is not null && conversion.Ratio >= 1)
        {
            yield return $"'{conversion.Path}' is no smaller than '{conversion.Source}': it has few weights, "
                + "or other operators use them too.";
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
        Existing = Existing,
    };

    private ExistingFile Existing => NoClobber ? ExistingFile.Keep : ExistingFile.Replace;

    private string Describe() => string.Join(", ", new[]
    {
        DynamicBatch ? "a dynamic batch" : string.Empty,
        To is WeightFormat format ? $"weights in {format}" : string.Empty,
        Optimize ? $"a graph optimised for {_provider}" : string.Empty,
    }.Where(part => part.Length > 0));
}
