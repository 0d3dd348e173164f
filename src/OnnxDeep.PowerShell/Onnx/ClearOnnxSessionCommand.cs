using System.Management.Automation;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Closes the models and vector tables that remain open for the next command.</summary>
[Cmdlet(VerbsCommon.Clear, "OnnxSession", HelpUri = HelpUris.ClearOnnxSession)]
public sealed class ClearOnnxSessionCommand : OnnxDeepCmdlet
{
    /// <inheritdoc/>
    protected override void OnEnd()
    {
        long before = Environment.WorkingSet;
        ClearedFiles cleared = SharedFiles.Clear();
        long freed = Math.Max(0, before - Environment.WorkingSet);
        WriteVerbose(
            $"Closed {Quantity.Of(cleared.Sessions, "model")} and {Quantity.Of(cleared.Tables, "vector table")}, "
            + $"and gave {freed >> 20} MB of memory back. "
            + $"Still in use until their commands end: {Quantity.Of(cleared.UsedSessions, "model")} "
            + $"and {Quantity.Of(cleared.UsedTables, "vector table")}.");
    }
}
