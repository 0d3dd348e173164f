using OnnxDeep.IO;

namespace OnnxDeep.PowerShell.Common;

/// <summary>The base of the cmdlets that make one file's content and hand the file on.</summary>
public abstract class FileCmdlet : OutputFileCmdlet
{
    /// <summary>Writes the file, whole or not at all, and hands it on.</summary>
    /// <param name="action">What ShouldProcess asks.</param>
    /// <param name="make">Makes the content; not called with -WhatIf.</param>
    private protected void Write(string action, Func<ReadOnlyMemory<byte>> make)
    {
        if (!ShouldProcess(FullPath, action))
        {
            return;
        }

        ReadOnlyMemory<byte> content = make();
        Stop.ThrowIfCancellationRequested();
        AtomicFile.Write(FullPath, stream => stream.Write(content.Span));
        WriteFile(FullPath);
    }
}
