using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Export;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Exports a model and the words of its vectors as a single ONNX file that accepts text.</summary>
[Cmdlet(VerbsData.Export, "WordModel", SupportsShouldProcess = true, HelpUri = HelpUris.ExportWordModel)]
[OutputType(typeof(WordModelExport))]
public sealed class ExportWordModelCommand : OnnxDeepCmdlet
{
    private OutputFile? _file;

    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>The name or path of a vector table.</summary>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>The maximum number of words to keep, most common first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberTransformation]
    public int? Keys { get; set; }

    /// <summary>Uses the vectors even if the model was trained on others with the same dimensions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc cref="Plots.PlotCmdlet.Path"/>
    [Parameter(Mandatory = true, Position = 0), FileCompleter(".onnx"), ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc cref="Plots.PlotCmdlet.NoClobber"/>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() => _file = new OutputFile(this, Path, NoClobber);

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        string model = ResolveModel(Model);
        var file = new Lazy<OnnxModelFile>(() => Wait(() => OnnxModelFile.Load(model)));
        string vectors = Force
            ? Vectors
            : ChooseVectors(Vectors, () => ModelMetadata.FromProperties(file.Value.Properties));
        string table = ResolveTable(vectors);
        using WordModelSource source = Interruptible.Run(
            () => WordModelSource.Open(file.Value, table, Force), opened => opened.Dispose(), Stop);
        if (!SharedFiles.Verify(source.Table, Stop))
        {
            WriteWarning($"The vector table '{table}' has no digest, so its content was not verified.");
        }

        string path = _file!.FullPath;
        if (!ShouldProcess(path, $"Write the model '{Model}' with the words of '{vectors}'"))
        {
            return;
        }

        var bar = new ProgressBar(this, $"Combining the model '{Model}' with the vectors '{vectors}'");
        try
        {
            WriteObject(WordModelExporter.Write(
                path,
                _file.Existing,
                source.Network,
                source.Table,
                source.Metadata,
                Keys,
                System.IO.Path.GetFileNameWithoutExtension(path),
                done => bar.Report(done, () => path),
                Stop));
        }
        finally
        {
            bar.Complete();
        }
    }
}
