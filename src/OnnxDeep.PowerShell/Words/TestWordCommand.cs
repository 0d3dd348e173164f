using System.Management.Automation;

using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Providers;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// Classifies words with any word model: from the pipeline, by property, or from files, in batches. Test-FoodWord has
/// the same parameters.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "Word", DefaultParameterSetName = WordSet, HelpUri = HelpUris.TestWord)]
[OutputType(typeof(ClassifiedWord), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
[OutputType(typeof(PSObject), ParameterSetName = [WordSet])]
public class TestWordCommand : WordModelCmdlet
{
    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Mandatory = true), ModelCompleter, ValidateNotNullOrEmpty]
    public virtual string Model { get; set; } = string.Empty;

    /// <summary>Words, terms of several words, or objects that contain them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WordSet, ValueFromPipeline = true)]
    [Alias("Term", "Name"), AllowNull, AllowEmptyString, AllowEmptyCollection]
    public object?[] Word { get; set; } = [];

    /// <inheritdoc cref="WordCmdlet.WordProperty"/>
    [Parameter(ParameterSetName = WordSet), ValidateNotNullOrEmpty]
    public object? WordProperty { get; set; }

    /// <inheritdoc cref="WordCmdlet.SkipEmpty"/>
    [Parameter(ParameterSetName = WordSet)]
    public SwitchParameter SkipEmpty { get; set; }

    /// <summary>Returns copies of the objects, to which the answers are added.</summary>
    [Parameter(ParameterSetName = WordSet)]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Text files with one word per line; wildcards are permitted.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [FileCompleter(".txt", ".words", ".lst", ".list", ".dic", ""), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Text files with one word per line; the paths are used exactly as typed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP"), FileCompleter(".txt", ".words", ".lst", ".list", ".dic", "")]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        var reader = new WordReader(this, WordProperty) { SkipsEmpty = SkipEmpty };
        string model = ResolveModel(Model);
        OpenWords(
            model, ProviderParameters.Resolve(this, Provider, DeviceId, ProviderOption), reader, PassThru);
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName == WordSet)
        {
            foreach (object? item in Word ?? [null])
            {
                TakeItem(item);
            }
        }
        else
        {
            foreach (string path in new PathResolver(this).Resolve(Path, LiteralPath))
            {
                ReadFile(path);
            }
        }
    }

    private void ReadFile(string path)
    {
        long length = File.Exists(path) ? new FileInfo(path).Length : 0;
        var bar = new ProgressBar(this, "Classifying words");
        using IEnumerator<WordLine> lines = WordFile.Read(path, Stop).GetEnumerator();
        while (TryMoveNext(lines, path))
        {
            Stop.ThrowIfCancellationRequested();
            WordLine line = lines.Current;
            if (length > 0)
            {
                bar.Report(
                    (double)line.FileOffset / length,
                    () => FormattableString.Invariant($"{path}, line {line.Number:N0}"));
            }

            if (Term.Check(line.Text) is OnnxDeepException problem)
            {
                Report(Errors.FromLine(problem, path, line.Number));
            }
            else
            {
                Add(line.Text);
            }
        }

        bar.Complete();
    }

    // Errors in a file end only that file; errors in the model end the pipeline.
    private bool TryMoveNext(IEnumerator<WordLine> lines, string path)
    {
        try
        {
            return lines.MoveNext();
        }
        catch (OnnxDeepException e)
        {
            Report(Errors.From(e, path));
            return false;
        }
    }
}
