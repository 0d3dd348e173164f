using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws the weights of a layer as a heat map.</summary>
[Cmdlet(VerbsData.Export, "WeightPlot", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportWeightPlotCommand : ModelPlotCmdlet
{
    /// <summary>The name or number of a layer.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [LayerCompleter]
    [ValidateNotNullOrEmpty]
    public string Layer { get; set; } = "0";

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        (string name, _, IReadOnlyList<DenseLayerInfo> layers) = ReadModel();
        DenseLayerInfo? layer = layers.FirstOrDefault(
            candidate => candidate.Name.Equals(Layer, StringComparison.OrdinalIgnoreCase));
        if (layer is null && int.TryParse(Layer, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            layer = layers.ElementAtOrDefault(number);
        }

        if (layer is null)
        {
            ThrowTerminatingError(Errors.LayerNotFound(Layer, Model, layers.Select(candidate => candidate.Name)));
        }

        Write(new WeightPlot(name, layer!));
    }
}
