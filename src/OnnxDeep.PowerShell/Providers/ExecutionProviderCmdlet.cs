using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>The base of the cmdlets that run a model on one provider.</summary>
public abstract class ExecutionProviderCmdlet : DeviceCmdlet
{
    /// <summary>Where the model runs: Auto, CPU, CUDA or any other execution provider.</summary>
    [Parameter]
    [ProviderCompleter]
    [ValidateNotNullOrEmpty]
    public string Provider { get; set; } = "CPU";

    /// <summary>Where to run, from the parameters; -Verbose tells why.</summary>
    /// <exception cref="ModelException">It cannot run there.</exception>
    protected ExecutionProvider ResolveProvider() => ResolveProvider(Provider, DeviceId, ProviderOption);
}
