using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws the weights of a layer as a heat map.</summary>
[Cmdlet(VerbsData.Export, "WeightPlot", SupportsShouldProcess = true, HelpUri = HelpUris.ExportWeightPlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportWeightPlotCommand : PlotCmdlet
{
    /// <summary>The name or number of a layer.</summary>
    [Parameter(Position = 2, ValueFromPipelineByPropertyName = true)]
    [LayerCompleter, ValidateNotNullOrEmpty]
    public string Layer { get; set; } = "0";

    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        (OnnxModelFile file, IReadOnlyList<DenseLayerInfo> layers) = ReadDenseModel(Model);
        IReadOnlyList<DenseLayerInfo> found = NameMatch.Find(layers, candidate => candidate.Name, Layer);
        if (found.Select(candidate => candidate.Name).Distinct().Count() > 1)
        {
            ThrowTerminatingError(Errors.LayerAmbiguous(Layer, Model, found.Select(candidate => candidate.Name)));
        }

        DenseLayerInfo? layer = found.Count > 0 ? found[0] : null;
        if (layer is null && int.TryParse(Layer, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            layer = layers.ElementAtOrDefault(number);
        }

        if (layer is null)
        {
            ThrowTerminatingError(Errors.LayerNotFound(Layer, Model, layers.Select(candidate => candidate.Name)));
        }

        Write(new WeightPlot(System.IO.Path.GetFileNameWithoutExtension(file.Path), layer!));
    }
}
