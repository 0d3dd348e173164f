using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OnnxDeep.Tests;

/// <summary>A runspace of the PowerShell engine with the staged module imported.</summary>
internal sealed class ModuleRunspace : IDisposable
{
    public ModuleRunspace(string? modulePath = null)
    {
        Runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault());
        Runspace.Open();
        Invoke("Import-Module $args[0] -ErrorAction Stop", modulePath ?? Repository.StagedModule).ThrowOnError();
    }

    public Runspace Runspace { get; }

    /// <summary>Runs a script with arguments, which are in $args.</summary>
    public Outcome Invoke(string script, params object?[] arguments)
    {
        using var shell = System.Management.Automation.PowerShell.Create(Runspace);
        shell.AddScript(script);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        var output = new PSDataCollection<PSObject>();
        RuntimeException? terminating = null;
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e;
        }

        return new Outcome([.. output], [.. shell.Streams.Error], terminating);
    }

    public void Dispose() => Runspace.Dispose();
}
