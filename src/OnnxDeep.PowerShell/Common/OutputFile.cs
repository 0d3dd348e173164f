using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>The base of the cmdlets that write a file: where to, and whether it may be there already.</summary>
public abstract class OutputFileCmdlet : OnnxDeepCmdlet
{
    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Leaves a file that is there already as it is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>The file as a full path.</summary>
    protected string FullPath { get; private set; } = string.Empty;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        FullPath = GetFullPath(SessionState.Path, Path);
        if (NoClobber && File.Exists(FullPath))
        {
            ThrowTerminatingError(Errors.FileExists(FullPath));
        }
    }

    /// <summary>
    /// Hands a file on as Get-Item gives it, since what follows in a pipeline, such as Invoke-Item, asks for PSPath.
    /// </summary>
    protected void WriteFile(string path) =>
        WriteObject(
            InvokeProvider.Item.Get(
                [$"Microsoft.PowerShell.Core\\FileSystem::{path}"], force: true, literalPath: true),
            true);
}
