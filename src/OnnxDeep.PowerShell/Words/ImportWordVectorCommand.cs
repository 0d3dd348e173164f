using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Converts word vectors from other programs to a vector table.</summary>
[Cmdlet(
    VerbsData.Import, "WordVector",
    DefaultParameterSetName = PathSet,
    SupportsShouldProcess = true,
    HelpUri = HelpUris.ImportWordVector)]
[OutputType(typeof(WordVectorTableInfo))]
public sealed class ImportWordVectorCommand : ImportCmdlet
{
    /// <summary>Files or spaCy folders; wildcards are permitted.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [FileCompleter(
        ".gz", ".zip", ".tar", ".tgz", ".whl", ".txt", ".vec", ".bin", ".ftz", ".npy", ".safetensors", ".onnx")]
    public string[] Path { get; set; } = [];

    /// <summary>Files or spaCy folders; the paths are used exactly as typed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [FileCompleter(
        ".gz", ".zip", ".tar", ".tgz", ".whl", ".txt", ".vec", ".bin", ".ftz", ".npy", ".safetensors", ".onnx")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The table's name; the default is the name of the source.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The word list for a file that contains only vectors, one word per line.</summary>
    [Parameter]
    [FileCompleter(".txt", ".words", ".vocab"), ValidateNotNullOrEmpty]
    public string? WordList { get; set; }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        string? list = WordList is null ? null : GetFullPath(WordList);
        foreach (string path in new PathResolver(this).Resolve(
            ParameterSetName == PathSet ? Path : [], ParameterSetName == LiteralPathSet ? LiteralPath : []))
        {
            // An error in one file does not stop the others.
            Attempt(path, () => Import(path, CreateOptions(Name, list, Entry)));
        }
    }
}
