using System.Management.Automation;
using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.IO;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Unloads plug-in libraries of ONNX Runtime and removes their saved registrations.</summary>
[Cmdlet(
    VerbsLifecycle.Unregister, "OnnxExecutionProvider",
    SupportsShouldProcess = true,
    HelpUri = HelpUris.UnregisterOnnxExecutionProvider)]
public sealed class UnregisterOnnxExecutionProviderCommand : OnnxDeepCmdlet
{
    /// <summary>The names under which the libraries are registered.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [RegisteredProviderCompleter, ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        foreach (string name in Name)
        {
            IReadOnlyList<string> names = ExecutionProvider.GetRegisteredNames();
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                WriteError(Errors.ProviderNotRegistered(name, names));
            }
            else if (ShouldProcess($"'{name}'", "Unload the provider's library and remove its registration"))
            {
                Unregister(name);
            }
        }
    }

    private void Unregister(string name)
    {
        try
        {
            ExecutionProvider.Unregister(name);
            UserSettings.Forget(name, Stop);
        }
        catch (ModelException e)
        {
            WriteError(Errors.From(e, name));
        }
    }
}
