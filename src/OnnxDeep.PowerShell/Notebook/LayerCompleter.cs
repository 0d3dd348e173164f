using System.Collections;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Offers the dense layers of the model that has been typed so far.</summary>
public sealed class LayerCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override bool TakesFiles => false;

    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters)
    {
        string model = boundParameters?["Model"] as string ?? ModelStore.DefaultModel;
        try
        {
            string path = OnnxDeepCmdlet.Models.Resolve(model, OnnxDeepCmdlet.GetFullPath(GetLocation(), model));
            return [.. OnnxModelFile.Load(path).GetDenseLayers().Select(layer => layer.Name)];
        }
        catch (Exception e) when (e is OnnxDeepException or IOException or UnauthorizedAccessException)
        {
            // Tab completion has no place for errors; the command itself will tell.
            return [];
        }
    }
}
