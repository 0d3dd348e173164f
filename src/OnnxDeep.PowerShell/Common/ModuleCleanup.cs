using System.Management.Automation;

using OnnxDeep.Inference.Sessions;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Closes open models and tables when the module is removed.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SharedFiles.Clear();
}
