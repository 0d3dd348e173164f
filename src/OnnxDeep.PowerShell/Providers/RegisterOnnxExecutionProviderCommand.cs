using System.Management.Automation;
using OnnxDeep.Inference.Providers;
using OnnxDeep.IO;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Loads a plug-in library of ONNX Runtime, such as that for CUDA.</summary>
[Cmdlet(
    VerbsLifecycle.Register, "OnnxExecutionProvider",
    SupportsShouldProcess = true,
    HelpUri = HelpUris.RegisterOnnxExecutionProvider)]
[OutputType(typeof(ExecutionProviderInfo))]
public sealed class RegisterOnnxExecutionProviderCommand : OnnxDeepCmdlet
{
    /// <summary>The name that -Provider takes from now on, such as CUDA.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The library.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("LiteralPath", "PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Remembers the library, so that later sessions load it when they need it.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        string path = GetFullPath(Path);
        if (!ShouldProcess($"'{Name}' ({path})", Persist ? "Load the library and remember it" : "Load the library"))
        {
            return;
        }

        // Settings that cannot be read shall leave the library alone.
        UserSettings? settings = Persist ? UserSettings.Load() : null;
        IReadOnlyList<ExecutionProviderInfo> devices = ExecutionProvider.Register(Name, path);
        settings?.Remember(Name, path);
        WriteObject(devices, enumerateCollection: true);
    }
}
