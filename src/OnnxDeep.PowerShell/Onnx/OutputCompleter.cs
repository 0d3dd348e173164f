using System.Collections;

using OnnxDeep.Onnx.Tensors;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Offers the outputs of the model that was named.</summary>
public sealed class OutputCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override bool TakesFiles => false;

    /// <inheritdoc/>
    protected override IEnumerable<string> GetNames(IDictionary boundParameters)
    {
        string model = $"{boundParameters?["Path"]}";
        try
        {
            string path = OnnxDeepCmdlet.Models.Resolve(model, OnnxDeepCmdlet.GetFullPath(GetLocation(), model));
            return OnnxSignature.Read(path).Outputs.Select(output => output.Name);
        }
        catch (Exception e) when (e is OnnxDeepException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
