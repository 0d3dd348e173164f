using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Closes the models that remain open for the next command.</summary>
[Cmdlet(VerbsCommon.Clear, "OnnxSession", HelpUri = HelpUris.ClearOnnxSession)]
public sealed class ClearOnnxSessionCommand : OnnxDeepCmdlet
{
    /// <inheritdoc/>
    protected override void OnEnd()
    {
        int before = OnnxSession.OpenCount;
        SharedFiles.ClearSessions();
        WriteVerbose(
            $"Open models before: {before}. "
            + $"Models still in use, which close when their commands end: {OnnxSession.OpenCount}.");
    }
}
