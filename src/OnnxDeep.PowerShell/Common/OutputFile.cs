using System.Management.Automation;

using OnnxDeep.IO;

namespace OnnxDeep.PowerShell.Common;

/// <summary>The file that a cmdlet writes.</summary>
internal sealed class OutputFile
{
    private readonly PSCmdlet _cmdlet;

    /// <summary>Resolves the path; ends the command if the file exists and must not be overwritten.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The path as the user specifies it.</param>
    /// <param name="noClobber">Whether an existing file must not be overwritten.</param>
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

    /// <summary>Writes the file atomically and returns it.</summary>
    /// <param name="action">The action that ShouldProcess describes.</param>
    /// <param name="make">Creates the content; not called with -WhatIf.</param>
    /// <param name="stop">Cancels the command before the file is written.</param>
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
    /// Returns a file as Get-Item does, because the next command in a pipeline, such as Invoke-Item, needs PSPath.
    /// </summary>
    public void HandOn(string path) =>
        _cmdlet.WriteObject(
            _cmdlet.InvokeProvider.Item.Get(
                [$"Microsoft.PowerShell.Core\\FileSystem::{path}"], force: true, literalPath: true),
            true);
}
