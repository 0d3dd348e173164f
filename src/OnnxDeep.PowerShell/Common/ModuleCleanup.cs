using System.Management.Automation;

using OnnxDeep.Inference;

namespace OnnxDeep.PowerShell;

/// <summary>Closes models and tables when the module is removed.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => SharedFiles.Clear();
}
