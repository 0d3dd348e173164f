using System.Management.Automation;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Exports a vector table in a format that other programs read.</summary>
[Cmdlet(VerbsData.Export, "WordVector", SupportsShouldProcess = true, HelpUri = HelpUris.ExportWordVector)]
[OutputType(typeof(FileInfo))]
public sealed class ExportWordVectorCommand : OnnxDeepCmdlet
{
    private OutputFile? _file;

    /// <summary>The name or path of a vector table.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name"), VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>The file format.</summary>
    [Parameter]
    [FlatTransformation]
    public WordVectorFileFormat Format { get; set; } = WordVectorFileFormat.Word2VecText;

    /// <summary>The maximum number of words to write, most common first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberTransformation]
    public int? Limit { get; set; }

    /// <summary>Keeps the spaces in words in text formats, instead of replacing them with underscores.</summary>
    [Parameter]
    public SwitchParameter KeepBlank { get; set; }

    /// <inheritdoc cref="Plots.PlotCmdlet.Path"/>
    [Parameter(Mandatory = true, Position = 0)]
    [FileCompleter(".txt", ".vec", ".bin", ".npy", ".safetensors"), ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <inheritdoc cref="Plots.PlotCmdlet.NoClobber"/>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() => _file = new OutputFile(this, Path, NoClobber);

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        using FileLease<WordVectorTable> table = SharedFiles.RentTable(ResolveTable(Vectors));
        string path = _file!.FullPath;
        if (!ShouldProcess(path, $"Write the vector table '{Vectors}' as {Format}"))
        {
            return;
        }

        var bar = new ProgressBar(this, $"Writing the vector table '{Vectors}'");
        var options = new ExportOptions
        {
            Format = Format,
            Limit = Limit,
            KeepsBlanks = KeepBlank,
            Existing = _file.Existing,
        };
        ExportResult result;
        try
        {
            result = WordVectorExporter.Export(
                table.Value, path, options, done => bar.Report(done, () => path), Stop);
        }
        finally
        {
            bar.Complete();
        }

        Tell(result);
        foreach (string file in result.Files)
        {
            _file.HandOn(file);
        }
    }

    private void Tell(ExportResult result)
    {
        WriteVerbose(FormattableString.Invariant($"{result.Keys:N0} words were written."));
        if (result.Joined > 0)
        {
            WriteWarning(
                FormattableString.Invariant($"{result.Joined:N0} words contain spaces, which were replaced with ")
                + "underscores, because most programs end a word at a space. Use -KeepBlank to keep the spaces.");
        }

        if (result.LeftOut > 0)
        {
            WriteWarning(
                FormattableString.Invariant($"{result.LeftOut:N0} words were skipped: the format cannot store ")
                + "line breaks or words that are known only by their hashes, and with underscores for spaces, some "
                + "words are duplicates. Use -Format SafeTensors to write all words.");
        }

        if (result.Ngrams > 0)
        {
            WriteWarning(
                FormattableString.Invariant($"The {result.Ngrams:N0} character n-grams were skipped. ")
                + "Use -Format SafeTensors to write them.");
        }
    }
}
