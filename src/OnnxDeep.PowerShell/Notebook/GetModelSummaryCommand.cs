using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Summarises the layers and parameters of a model.</summary>
[Cmdlet(VerbsCommon.Get, "ModelSummary", HelpUri = HelpUris.GetModelSummary)]
[OutputType(typeof(ModelSummary))]
public sealed class GetModelSummaryCommand : OnnxDeepCmdlet
{
    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        Stop.ThrowIfCancellationRequested();
        Attempt(Model, () =>
        {
            string path = ResolveModel(Model);
            SummaryRow[] layers =
            [
                .. Wait(() => OnnxModelFile.Load(path).GetDenseLayers())
                    .Select(layer => SummaryRow.OfDense(layer.Name, layer.Units, layer.Parameters)),
            ];
            if (layers.Length == 0)
            {
                WriteError(Errors.NoDenseLayers(path));
                return;
            }

            string name = Path.GetFileNameWithoutExtension(path);
            SummaryTotal total = Wait(() => OnnxModelInspector.Open(path).CountParameters());
            WriteObject(new ModelSummary(
                name, ShownArray.Of(layers)!, total.Parameters, total.Bytes, NetworkSummary.Format(layers, name, total))
            {
                OtherParameters = total.Others,
            });
        });
    }
}
