using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Export;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Writes a model and the words of its vectors as one ONNX file that takes text.</summary>
[Cmdlet(VerbsData.Export, "WordModel", SupportsShouldProcess = true)]
[OutputType(typeof(WordModelExport))]
public sealed class ExportWordModelCommand : OutputFileCmdlet
{
    /// <summary>The name of a model of the module, or an ONNX file.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ModelCompleter]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>The name of a vector table, or a table file.</summary>
    [Parameter]
    [VectorsCompleter]
    [ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>The most words to keep, the most common first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Keys { get; set; }

    /// <summary>Uses the vectors though the model was trained on others of the same dimensions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        string model = ResolveModel(Model);
        string vectors = Vectors;
        using WordModelSource source = OpenWithVectors(
            model, ref vectors, table => WordModelSource.Open(model, table, Force));
        if (!ShouldProcess(FullPath, $"Write the model '{Model}' with the words of '{vectors}'"))
        {
            return;
        }

        var bar = new ProgressBar(this, $"Folding the vectors '{vectors}' into the model '{Model}'");
        try
        {
            WriteObject(WordModelExporter.Write(
                FullPath,
                source.Network,
                source.Table,
                source.Metadata,
                Keys,
                System.IO.Path.GetFileNameWithoutExtension(FullPath),
                done => bar.Report(done, () => FullPath),
                Stop));
        }
        finally
        {
            bar.Complete();
        }
    }
}
