using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Gets the weights and biases of a model's dense layers.</summary>
[Cmdlet(VerbsCommon.Get, "LayerWeights", HelpUri = HelpUris.GetLayerWeights)]
[Alias("Get-LayerWeight")]
[OutputType(typeof(LayerWeights), typeof(LayerParameter))]
public sealed class GetLayerWeightsCommand : OnnxDeepCmdlet
{
    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Path", "FullName"), ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>Names, patterns or numbers of layers; the default is all.</summary>
    [Parameter(Position = 1)]
    [LayerCompleter, SupportsWildcards, ValidateNotNullOrEmpty]
    public string[] Layer { get; set; } = ["*"];

    /// <summary>Returns a row for each weight and bias.</summary>
    [Parameter]
    public SwitchParameter Flat { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        string path;
        IReadOnlyList<DenseLayerInfo> layers;
        try
        {
            path = ResolveModel(Model);
            layers = Wait(() => OnnxModelFile.Load(path).GetDenseLayers());
        }
        catch (OnnxDeepException e)
        {
            WriteError(Errors.From(e, Model));
            return;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(Errors.FromFile(e));
            return;
        }

        if (layers.Count == 0)
        {
            WriteError(Errors.NoDenseLayers(path));
            return;
        }

        string name = Path.GetFileNameWithoutExtension(path);
        foreach (int index in Select(layers))
        {
            Stop.ThrowIfCancellationRequested();
            DenseLayerInfo layer = layers[index];
            if (Flat)
            {
                WriteParameters(name, index, layer);
            }
            else
            {
                WriteObject(new LayerWeights(
                    name,
                    layer.Name,
                    index,
                    layer.Activation,
                    layer.Inputs,
                    layer.Units,
                    ShownArray.Of(layer.Weights)!,
                    ShownArray.Of(layer.Biases),
                    layer.Parameters));
            }
        }
    }

    private SortedSet<int> Select(IReadOnlyList<DenseLayerInfo> layers)
    {
        var selected = new SortedSet<int>();
        foreach (string wanted in Layer)
        {
            bool isNumber = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            var pattern = new NamePattern(wanted);
            bool isExact = layers.Any(layer => layer.Name == wanted);
            int[] found =
            [
                .. Enumerable.Range(0, layers.Count)
                    .Where(i => isExact ? layers[i].Name == wanted : pattern.IsMatch(layers[i].Name))
                    .Concat(isNumber && number < layers.Count ? [number] : []),
            ];
            if (found.Length == 0)
            {
                WriteError(Errors.LayerNotFound(wanted, Model, layers.Select(layer => layer.Name)));
            }

            selected.UnionWith(found);
        }

        return selected;
    }

    private void WriteParameters(string name, int index, DenseLayerInfo layer)
    {
        for (int unit = 0; unit < layer.Units; unit++)
        {
            Stop.ThrowIfCancellationRequested();
            for (int input = 0; input < layer.Inputs; input++)
            {
                WriteObject(new LayerParameter(
                    name, layer.Name, index, "Weight", input, unit, layer.Weights[input, unit]));
            }

            if (layer.Biases is float[] biases)
            {
                WriteObject(new LayerParameter(name, layer.Name, index, "Bias", null, unit, biases[unit]));
            }
        }
    }
}
