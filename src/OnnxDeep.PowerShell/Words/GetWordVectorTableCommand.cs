using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Lists the vector tables that can be used by name with -Vectors.</summary>
[Cmdlet(VerbsCommon.Get, "WordVectorTable", HelpUri = HelpUris.GetWordVectorTable)]
[OutputType(typeof(WordVectorTableInfo))]
public sealed class GetWordVectorTableCommand : OnnxDeepCmdlet
{
    /// <summary>Names or patterns; the default is all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TableCompleter, SupportsWildcards, ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <summary>Reads the complete tables and compares their content with the digests in them.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string name in Resolve(this, Name))
        {
            Attempt(name, () => WriteObject(Verify
                ? WordVectorTableInfo.Verify(Tables.Resolve(name), Stop)
                : WordVectorTableInfo.Read(Tables.Resolve(name))));
        }
    }

    /// <summary>
    /// Gets the matching names without duplicates. A name that does not exist causes an error; a pattern does not.
    /// </summary>
    internal static IEnumerable<string> Resolve(OnnxDeepCmdlet cmdlet, IEnumerable<string> patterns)
    {
        IReadOnlyList<string> names = Tables.GetNames();
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string pattern in patterns)
        {
            var wildcard = new NamePattern(pattern);
            bool isMatched = false;
            foreach (string name in names.Where(wildcard.IsMatch))
            {
                isMatched = true;
                if (found.Add(name))
                {
                    yield return name;
                }
            }

            if (!isMatched && !wildcard.IsWildcard)
            {
                cmdlet.WriteError(Errors.TableNotFound(pattern, names));
            }
        }
    }
}
