using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Lists the vector tables that -Vectors takes by name.</summary>
[Cmdlet(VerbsCommon.Get, "WordVectorTable")]
[OutputType(typeof(WordVectorTableInfo))]
public sealed class GetWordVectorTableCommand : OnnxDeepCmdlet
{
    /// <summary>Names, or patterns of them; all where not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TableCompleter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string name in TableNames.Resolve(this, Name))
        {
            Attempt(name, () => WriteObject(WordVectorTableInfo.Read(Tables.Resolve(name))));
        }
    }
}
