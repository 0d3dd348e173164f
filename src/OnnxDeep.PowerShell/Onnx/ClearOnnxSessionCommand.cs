using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Closes the models that are kept open for the next command.</summary>
[Cmdlet(VerbsCommon.Clear, "OnnxSession", HelpUri = HelpUris.ClearOnnxSession)]
public sealed class ClearOnnxSessionCommand : OnnxDeepCmdlet
{
    /// <inheritdoc/>
    protected override void OnEnd()
    {
        int before = OnnxSession.OpenCount;
        SharedFiles.ClearSessions();
        WriteVerbose(
            $"Models open before: {before}. "
            + $"Still in use, and closed when their commands end: {OnnxSession.OpenCount}.");
    }
}
