using System.Management.Automation;

using OnnxDeep.IO;

namespace OnnxDeep.PowerShell.Common;

/// <summary>The file that a cmdlet writes.</summary>
internal sealed class OutputFile
{
    private readonly PSCmdlet _cmdlet;

    /// <summary>Resolves the path; a file that exists ends the command if it is not to be replaced.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">As the user gives it.</param>
    /// <param name="noClobber">Whether an existing file is kept.</param>
    public OutputFile(PSCmdlet cmdlet, string path, bool noClobber)
    {
        _cmdlet = cmdlet;
        FullPath = PathResolver.GetFullPath(cmdlet.SessionState.Path, path);
        if (noClobber && File.Exists(FullPath))
        {
            cmdlet.ThrowTerminatingError(Errors.FileExists(FullPath));
        }
    }

    /// <summary>The full path.</summary>
    public string FullPath { get; }

    /// <summary>Writes the file, whole or not at all, and hands it on.</summary>
    /// <param name="action">What ShouldProcess asks.</param>
    /// <param name="make">Makes the content; not called with -WhatIf.</param>
    /// <param name="stop">Cancels before the file is written.</param>
    public void Write(string action, Func<ReadOnlyMemory<byte>> make, CancellationToken stop)
    {
        if (!_cmdlet.ShouldProcess(FullPath, action))
        {
            return;
        }

        ReadOnlyMemory<byte> content = make();
        stop.ThrowIfCancellationRequested();
        AtomicFile.Write(FullPath, stream => stream.Write(content.Span));
        HandOn(FullPath);
    }

    /// <summary>
    /// Hands a file on as Get-Item gives it, since what follows in a pipeline, such as Invoke-Item, asks for PSPath.
    /// </summary>
    public void HandOn(string path) =>
        _cmdlet.WriteObject(
            _cmdlet.InvokeProvider.Item.Get(
                [$"Microsoft.PowerShell.Core\\FileSystem::{path}"], force: true, literalPath: true),
            true);
}
