using System.Management.Automation;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Removes imported vector tables.</summary>
[Cmdlet(VerbsCommon.Remove, "WordVectorTable", SupportsShouldProcess = true, HelpUri = HelpUris.RemoveWordVectorTable)]
public sealed class RemoveWordVectorTableCommand : OnnxDeepCmdlet
{
    /// <summary>Names or patterns.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TableCompleter, SupportsWildcards, ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string name in GetWordVectorTableCommand.Resolve(this, Name))
        {
            if (Tables.IsShipped(name))
            {
                // A pattern matches only the user's own tables.
                if (Name.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    WriteError(Errors.From(VectorStore.Shipped(name), name));
                }
            }
            else if (Tables.FindOwn(name) is string path
                && ShouldProcess($"'{name}' ({path})", "Remove the vector table"))
            {
                Remove(path);
            }
        }
    }

    private void Remove(string path)
    {
        // Some systems cannot remove an open file.
        SharedFiles.Clear();
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            WriteError(Errors.From(AtomicFile.NotWritable(path, e), path));
        }
    }
}
