using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>The base of the cmdlets that draw a model.</summary>
public abstract class ModelPlotCmdlet : PlotCmdlet
{
    /// <summary>The name of a model of the module, or any ONNX file.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ModelCompleter]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>The model's name, file and dense layers, of which there is at least one.</summary>
    private protected (string Name, OnnxModelFile File, IReadOnlyList<DenseLayerInfo> Layers) ReadModel()
    {
        OnnxModelFile file = OnnxModelFile.Load(ResolveModel(Model));
        IReadOnlyList<DenseLayerInfo> layers = file.GetDenseLayers();
        if (layers.Count == 0)
        {
            ThrowTerminatingError(Errors.NoDenseLayers(file.Path));
        }

        return (System.IO.Path.GetFileNameWithoutExtension(file.Path), file, layers);
    }
}
