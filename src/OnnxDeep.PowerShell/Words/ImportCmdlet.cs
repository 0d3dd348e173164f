using System.Globalization;
using System.Management.Automation;
using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Words;

/// <summary>The base of the cmdlets that convert word vectors of other programs into tables.</summary>
public abstract class ImportCmdlet : OnnxDeepCmdlet
{
    /// <summary>The most vectors to take, from the first on.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Limit { get; set; }

    /// <summary>How the numbers are stored.</summary>
    [Parameter]
    public VectorQuantization Quantize { get; set; }

    /// <summary>The encoding of the words.</summary>
    [Parameter]
    [EncodingTransformation]
    public Encoding Encoding { get; set; } = Encoding.UTF8;

    /// <summary>The file of an archive, or the tensor of a model, where it holds several.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Entry { get; set; }

    /// <summary>Replaces a table of the same name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The options that the parameters make up.</summary>
    protected ImportOptions CreateOptions(string? name, string? wordList, string? entry) => new()
    {
        Name = name,
        Limit = Limit,
        Encoding = Encoding,
        Entry = entry,
        WordListPath = wordList,
        ElementType = Quantize switch
        {
            VectorQuantization.Float16 => VectorElementType.Float16,
            VectorQuantization.Int8 => VectorElementType.Int8,
            _ => VectorElementType.Float32,
        },
    };

    /// <summary>Converts a source and writes the new table's description; an error leaves nothing behind.</summary>
    /// <returns>Whether there is a new table.</returns>
    protected bool Import(string path, ImportOptions options)
    {
        string folder = UserData.VectorsDirectory;
        AtomicFile.RemoveAbandoned(folder);
        using WordVectorSource source = WordVectorSource.Open(path, options, folder, Stop);
        string table = Tables.GetNewPath(source.Name, Force);
        if (!ShouldProcess(
            $"'{path}' ({source.Format}, {source.Dimensions} dimensions)", $"Import as the vector table '{table}'"))
        {
            return false;
        }

        // An open table cannot be replaced on every system.
        SharedFiles.Clear();
        var bar = new ProgressBar(this, $"Importing word vectors as '{source.Name}'");
        ImportResult result;
        try
        {
            result = source.Import(table, progress => Report(bar, progress), Stop);
        }
        finally
        {
            bar.Complete();
        }

        Tell(result, path);
        WriteObject(WordVectorTableInfo.Read(table));
        return true;
    }

    private static void Report(ProgressBar bar, ImportProgress progress) => bar.Report(
        (double)progress.BytesRead / Math.Max(1, progress.TotalBytes),
        () => FormattableString.Invariant(
            $"{progress.Rows:N0} rows, {progress.BytesRead / 1e6:N0} of {progress.TotalBytes / 1e6:N0} MB"));

    private void Tell(ImportResult result, string path)
    {
        WriteVerbose(
            FormattableString.Invariant($"'{path}' is {result.Format}: {result.Keys:N0} keys on ")
            + FormattableString.Invariant($"{result.Rows:N0} rows of {result.Dimensions} numbers."));
        foreach (SkippedVector skipped in result.Skipped)
        {
            WriteVerbose($"Left out: {skipped}");
        }

        Warn(
            result.Ragged,
            "line of '{0}' is no word with its numbers and was left out",
            "lines of '{0}' are no word with its numbers and were left out",
            path);
        Warn(
            result.Duplicates,
            "word of '{0}' stands twice; the first one was taken",
            "words of '{0}' stand twice; the first of each was taken",
            path);
        Warn(
            result.Unannounced,
            "word of '{0}' comes after as many as its header says; it was taken",
            "words of '{0}' come after as many as its header says; they were taken",
            path);
        Warn(
            result.Nameless,
            "word of '{0}' is known by its hash alone: it can be looked up, but not listed",
            "words of '{0}' are known by their hashes alone: they can be looked up, but not listed",
            path);
        if (result.NotFiniteError is FileFormatException error)
        {
            WriteWarning(
                FormattableString.Invariant($"{result.NotFinite:N0} of the vectors of '{path}' were left out: ")
                + "they hold NaN, infinity or too large numbers.");
            WriteError(Errors.From(error, path));
        }
    }

    private void Warn(long count, string one, string many, string path)
    {
        if (count > 0)
        {
            string hint = MyInvocation.BoundParameters.ContainsKey("Verbose")
                ? string.Empty
                : " -Verbose lists what was left out.";
            string text = string.Format(CultureInfo.InvariantCulture, count == 1 ? one : many, path);
            WriteWarning(FormattableString.Invariant(
                $"{count:N0} {text}.{(text.Contains("left out", StringComparison.Ordinal) ? hint : string.Empty)}"));
        }
    }
}

/// <summary>How an import stores the numbers.</summary>
public enum VectorQuantization
{
    /// <summary>As 32-bit floats, exactly as they are.</summary>
    None,

    /// <summary>As 16-bit floats: half the size, three decimal digits.</summary>
    Float16,

    /// <summary>As signed bytes with a scale a row: a quarter of the size, two decimal digits.</summary>
    Int8,
}
