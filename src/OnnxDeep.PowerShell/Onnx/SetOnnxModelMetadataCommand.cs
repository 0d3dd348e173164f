using System.Collections;
using System.Globalization;
using System.Management.Automation;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Onnx;

/// <summary>Changes the metadata of a model file without changing any other byte.</summary>
[Cmdlet(
    VerbsCommon.Set, "OnnxModelMetadata",
    DefaultParameterSetName = PathSet,
    SupportsShouldProcess = true,
    HelpUri = HelpUris.SetOnnxModelMetadata)]
[OutputType(typeof(OnnxModelInfo))]
public sealed class SetOnnxModelMetadataCommand : OnnxDeepCmdlet
{
    private MetadataChange _change = new();
    private bool _isOutputTaken;

    /// <summary>The keys and their new values.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public IDictionary Metadata { get; set; } = new Hashtable();

    /// <summary>The keys to remove.</summary>
    [Parameter]
    [ValidateNotNull]
    public string[] Remove { get; set; } = [];

    /// <summary>Removes all keys that -Metadata does not contain.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>The file to write; by default, the model itself is changed.</summary>
    [Parameter]
    [FileCompleter(".onnx"), ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>Returns information about the changed model.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Names of models of the module, or paths of ONNX files; wildcards are permitted.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [ModelCompleter, SupportsWildcards, ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Paths of ONNX files, used exactly as typed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP"), FileCompleter(".onnx"), ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Metadata.Count == 0 && Remove.Length == 0 && !Replace)
        {
            ThrowTerminatingError(Errors.NoMetadataChange());
        }

        // A hashtable may contain both 1 and '1', which are the same key in a model; the last one is used.
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Metadata)
        {
            pairs[Text(entry.Key)] = Text(entry.Value);
        }

        _change = new MetadataChange
        {
            Set = pairs,
            Remove = Remove,
            RemovesOthers = Replace,
        };
    }

    /// <inheritdoc/>
    protected override void OnProcess() => ForEachModel(Path, LiteralPath, Process);

    private void Process(string path)
    {
        string output = OutputPath is null ? path : GetOutputPath(OutputPath);
        if (OutputPath is not null && _isOutputTaken)
        {
            WriteError(Errors.OutputPathTaken(path, output));
            return;
        }

        _isOutputTaken = true;

        // Of a link, the file that it leads to is changed.
        if (!ShouldProcess(FileTarget.Resolve(output) ?? output, $"Write the model with {Describe()}"))
        {
            return;
        }

        if (!ModelMetadataEditor.Edit(path, output, _change, Stop))
        {
            WriteVerbose($"'{path}' already has this metadata and was not changed.");
        }

        if (PassThru)
        {
            WriteObject(Wait(() => OnnxModelInspector.Open(output).Info));
        }
    }

    private static string Text(object? value) =>
        LanguagePrimitives.ConvertTo(value, typeof(string), CultureInfo.InvariantCulture) as string ?? string.Empty;

    private string Describe()
    {
        var parts = new List<string>();
        if (_change.Set.Count > 0)
        {
            IEnumerable<string> keys = _change.Set.Keys.Order(StringComparer.Ordinal).Select(key => $"'{key}'");
            parts.Add($"metadata {string.Join(", ", keys)}");
        }

        if (Replace)
        {
            parts.Add(parts.Count > 0 ? "no other" : "no metadata");
        }
        else if (Remove.Length > 0)
        {
            parts.Add($"no metadata {string.Join(", ", Remove.Select(key => $"'{key}'"))}");
        }

        return string.Join(" and ", parts);
    }
}
