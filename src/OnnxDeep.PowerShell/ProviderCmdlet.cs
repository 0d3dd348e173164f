using System.Collections;
using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.PowerShell.Completion;

namespace OnnxDeep.PowerShell;

/// <summary>The base of the cmdlets that run any model, where the user says.</summary>
public abstract class ProviderCmdlet : OnnxDeepCmdlet
{
    /// <summary>Where the model runs: Auto, CPU, CUDA or any other execution provider.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string Provider { get; set; } = "CPU";

    /// <summary>The provider's device, from 0; its own choice where not given.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? DeviceId { get; set; }

    /// <summary>The provider's own options.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? ProviderOption { get; set; }

    /// <summary>Where to run, from the parameters; -Verbose tells why.</summary>
    /// <exception cref="ModelException">It cannot run there.</exception>
    protected ExecutionProvider ResolveProvider() => ResolveProvider(Provider, DeviceId, ProviderOption);
}
