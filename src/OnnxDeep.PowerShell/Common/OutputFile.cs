using OnnxDeep.IO;

namespace OnnxDeep.PowerShell.Common;

/// <summary>The file that a cmdlet writes.</summary>
internal sealed class OutputFile
{
    private readonly OnnxDeepCmdlet _cmdlet;
    private readonly bool _isStream;

    /// <summary>
    /// Resolves the path; ends the command if it cannot be written, or exists and must not be overwritten.
    /// </summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="path">The path as the user specifies it.</param>
    /// <param name="noClobber">Whether an existing file must not be overwritten.</param>
    public OutputFile(OnnxDeepCmdlet cmdlet, string path, bool noClobber)
    {
        _cmdlet = cmdlet;
        FullPath = PathResolver.GetOutputPath(cmdlet.SessionState.Path, path);
        Existing = noClobber ? ExistingFile.Keep : ExistingFile.Replace;
        try
        {
            _isStream = OutputTarget.Find(FullPath, Existing).IsStream;
        }
        catch (OnnxDeepException e)
        {
            cmdlet.ThrowTerminatingError(Errors.From(e, FullPath));
        }
    }

    /// <summary>The full path.</summary>
    public string FullPath { get; }

    /// <summary>What happens to an existing file.</summary>
    public ExistingFile Existing { get; }

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
        Save(content, stop);
        HandOn(FullPath);
    }

    /// <summary>Writes the file atomically.</summary>
    /// <param name="content">The content.</param>
    /// <param name="stop">Cancels the command before the file is written.</param>
    public void Save(ReadOnlyMemory<byte> content, CancellationToken stop) =>
        AtomicFile.Write(FullPath, stream => stream.Write(content.Span), Existing, stop);

    /// <summary>
    /// Returns a file as Get-Item does, because the next command in a pipeline, such as Invoke-Item, needs PSPath. A
    /// pipe or device is not returned: it may be the one to which the shell writes the description of the file.
    /// </summary>
    public void HandOn(string path)
    {
        if (!_isStream)
        {
            _cmdlet.WriteObject(
                _cmdlet.InvokeProvider.Item.Get(
                    [$"Microsoft.PowerShell.Core\\FileSystem::{path}"], force: true, literalPath: true),
                true);
        }
    }
}
