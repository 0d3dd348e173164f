using System.Management.Automation;
using OnnxDeep.Inference.Providers;
using OnnxDeep.IO;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Loads a plug-in library of ONNX Runtime, such as the one for CUDA.</summary>
[Cmdlet(
    VerbsLifecycle.Register, "OnnxExecutionProvider",
    SupportsShouldProcess = true,
    HelpUri = HelpUris.RegisterOnnxExecutionProvider)]
[OutputType(typeof(ExecutionProviderInfo))]
public sealed class RegisterOnnxExecutionProviderCommand : OnnxDeepCmdlet
{
    /// <summary>The name to use with -Provider, such as CUDA.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The path of the library.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("LiteralPath", "PSPath", "LP")]
    [FileCompleter(".so", ".dll", ".dylib"), ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Saves the registration, so that later sessions load the library when they need it.</summary>
    [Parameter]
    public SwitchParameter Persist { get; set; }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        string path = GetFullPath(Path);
        if (!ShouldProcess(
            $"'{Name}' ({path})", Persist ? "Load the library and save the registration" : "Load the library"))
        {
            return;
        }

        // The settings are read first: if they cannot be read, the library is not loaded.
        if (Persist)
        {
            _ = UserSettings.Load();
        }

        IReadOnlyList<ExecutionProviderInfo> devices = ExecutionProvider.Register(Name, path);
        if (Persist)
        {
            UserSettings.Remember(Name, path, Stop);
        }

        WriteObject(devices, enumerateCollection: true);
    }
}
