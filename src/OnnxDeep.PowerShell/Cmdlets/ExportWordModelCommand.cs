using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.Onnx;
using OnnxDeep.PowerShell.Completion;

namespace OnnxDeep.PowerShell.Cmdlets;

/// <summary>Writes a model and the words of its vectors as one ONNX file that takes text.</summary>
[Cmdlet(VerbsData.Export, "WordModel", SupportsShouldProcess = true)]
[OutputType(typeof(WordModelExport))]
public sealed class ExportWordModelCommand : OnnxDeepCmdlet
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The name of a model of the module, or an ONNX file.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>The name of a vector table, or a table file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VectorsCompleter))]
    [ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>The most words to keep, the most common first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Keys { get; set; }

    /// <summary>Uses the vectors though the model was trained on others of the same dimensions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves a file that is there already as it is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        string path = GetFullPath(SessionState.Path, Path);
        if (NoClobber && File.Exists(path))
        {
            ThrowTerminatingError(Errors.FileExists(path));
        }

        string model = ResolveModel(Model);
        string vectors = Vectors;
        using WordModelSource source = OpenWithVectors(
            model, ref vectors, table => WordModelSource.Open(model, table, Force));
        if (!ShouldProcess(path, $"Write the model '{Model}' with the words of '{vectors}'"))
        {
            return;
        }

        var bar = new ProgressBar(this, $"Folding the vectors '{vectors}' into the model '{Model}'");
        try
        {
            WriteObject(WordModelExporter.Write(
                path,
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
