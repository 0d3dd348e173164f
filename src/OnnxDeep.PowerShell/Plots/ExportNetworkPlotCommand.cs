using System.Management.Automation;

using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots.Pictures;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws a network's neurons and edges.</summary>
[Cmdlet(VerbsData.Export, "NetworkPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportNetworkPlotCommand : ModelPlotCmdlet
{
    /// <inheritdoc/>
    protected override void OnProcess()
    {
        (string name, OnnxModelFile file, IReadOnlyList<DenseLayerInfo> layers) = ReadModel();
        Write(NetworkPlot.Create(name, layers, ModelMetadata.FromProperties(file.Properties).Labels));
    }
}
