using System.Management.Automation;

using OnnxDeep.Inference.Providers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Providers;

/// <summary>Lists the execution providers and devices, and why unavailable ones cannot run models.</summary>
[Cmdlet(VerbsCommon.Get, "OnnxExecutionProvider", HelpUri = HelpUris.GetOnnxExecutionProvider)]
[OutputType(typeof(ExecutionProviderInfo))]
public sealed class GetOnnxExecutionProviderCommand : OnnxDeepCmdlet
{
    /// <summary>Names or patterns; the default is all.</summary>
    [Parameter(Position = 0)]
    [ProviderCompleter, SupportsWildcards, ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        IReadOnlyList<ExecutionProviderInfo> providers = ExecutionProvider.List();
        foreach (string name in Name)
        {
            var pattern = new NamePattern(name);
            ExecutionProviderInfo[] found = [.. providers.Where(provider => pattern.IsMatch(provider.Name))];
            if (found.Length == 0 && !pattern.IsWildcard)
            {
                WriteError(Errors.ProviderNotFound(name, providers.Select(provider => provider.Name).Distinct()));
            }

            WriteObject(found, enumerateCollection: true);
        }
    }
}
