using System.Collections;
using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>The base of the cmdlets that run any model: which device of its provider, and how.</summary>
public abstract class DeviceCmdlet : OnnxDeepCmdlet
{
    /// <summary>The provider's device, from 0; its own choice where not given.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? DeviceId { get; set; }

    /// <summary>The provider's own options.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? ProviderOption { get; set; }
}
