using System.Management.Automation;

using OnnxDeep.IO;

namespace OnnxDeep.PowerShell;

/// <summary>The base of the cmdlets that draw one file: where to, and whether it may be there already.</summary>
public abstract class FileCmdlet : OnnxDeepCmdlet
{
    private string _path = string.Empty;

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Leaves a file that is there already as it is.</summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        _path = GetFullPath(SessionState.Path, Path);
        if (NoClobber && File.Exists(_path))
        {
            ThrowTerminatingError(Errors.FileExists(_path));
        }
    }

    /// <summary>Writes the file, whole or not at all, and hands it on.</summary>
    /// <param name="action">What ShouldProcess asks.</param>
    /// <param name="make">Makes the content; not called with -WhatIf.</param>
    private protected void Write(string action, Func<ReadOnlyMemory<byte>> make)
    {
        if (!ShouldProcess(_path, action))
        {
            return;
        }

        ReadOnlyMemory<byte> content = make();
        Stop.ThrowIfCancellationRequested();
        AtomicFile.Write(_path, stream => stream.Write(content.Span));

        // As Get-Item gives it, since what follows in a pipeline, such as Invoke-Item, asks for PSPath.
        WriteObject(InvokeProvider.Item.Get([$"Microsoft.PowerShell.Core\\FileSystem::{_path}"], force: true, literalPath: true), true);
    }
}
