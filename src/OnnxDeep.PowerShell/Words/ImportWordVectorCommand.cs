using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Converts word vectors of other programs into a table that -Vectors takes by name.</summary>
[Cmdlet(
    VerbsData.Import, "WordVector",
    DefaultParameterSetName = PathSet,
    SupportsShouldProcess = true,
    HelpUri = HelpUris.ImportWordVector)]
[OutputType(typeof(WordVectorTableInfo))]
public sealed class ImportWordVectorCommand : ImportCmdlet
{
    /// <summary>Files or spaCy folders; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files or spaCy folders, taken as written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The table's name; the source's own where not given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The words of a file that holds vectors alone, one a line.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WordList { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        string? list = WordList is null ? null : GetFullPath(WordList);
        foreach (string path in new PathResolver(this).Resolve(
            ParameterSetName == PathSet ? Path : [], ParameterSetName == LiteralPathSet ? LiteralPath : []))
        {
            // One bad file leaves the others.
            Attempt(path, () => Import(path, CreateOptions(Name, list, Entry)));
        }
    }
}
