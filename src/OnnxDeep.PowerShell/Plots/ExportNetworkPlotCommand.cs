using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws a network's neurons and edges.</summary>
[Cmdlet(VerbsData.Export, "NetworkPlot", SupportsShouldProcess = true, HelpUri = HelpUris.ExportNetworkPlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNetworkPlotCommand : PlotCmdlet
{
    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        (OnnxModelFile file, IReadOnlyList<DenseLayerInfo> layers) = ReadDenseModel(Model);
        string name = System.IO.Path.GetFileNameWithoutExtension(file.Path);
        var metadata = ModelMetadata.FromProperties(file.Properties);
        Write(NetworkPlot.Create(name, layers, metadata.Labels) with
        {
            InputNames = [.. metadata.GetFeatures(layers[0].Inputs).Select(feature => feature.Name)],
        });
    }
}
