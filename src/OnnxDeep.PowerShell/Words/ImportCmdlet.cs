using System.Globalization;
using System.Management.Automation;
using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Words;

/// <summary>The base class of the cmdlets that convert word vectors from other programs to tables.</summary>
public abstract class ImportCmdlet : OnnxDeepCmdlet
{
    private const int ShownWords = 3;

    /// <summary>The maximum number of vectors to import, starting from the first.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [NumberTransformation]
    public int? Limit { get; set; }

    /// <summary>The format in which the numbers are stored.</summary>
    [Parameter]
    [FlatTransformation]
    public VectorQuantization Quantize { get; set; }

    /// <summary>The encoding of the words.</summary>
    [Parameter]
    [EncodingTransformation]
    public Encoding Encoding { get; set; } = Encoding.UTF8;

    /// <summary>What to do with a word that is not valid text, or a line that is not a word with its numbers.</summary>
    [Parameter]
    [FlatTransformation]
    public InvalidWordAction InvalidWord { get; set; }

    /// <summary>The file of an archive, or the tensor of a model, to read if there are several.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Entry { get; set; }

    /// <summary>Replaces an existing table of the same name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Creates the import options from the parameters.</summary>
    protected ImportOptions CreateOptions(string? name, string? wordList, string? entry) => new()
    {
        Name = name,
        Limit = Limit,
        Encoding = Encoding,
        InvalidWord = InvalidWord,
        Entry = entry,
        WordListPath = wordList,
        ElementType = Quantize switch
        {
            VectorQuantization.Float16 => VectorElementType.Float16,
            VectorQuantization.Int8 => VectorElementType.Int8,
            _ => VectorElementType.Float32,
        },
    };

    /// <summary>Converts a source and returns a description of the new table; an error leaves nothing behind.</summary>
    /// <param name="path">The source.</param>
    /// <param name="options">The options.</param>
    /// <param name="verified">What the path must lead to; null for anything.</param>
    /// <returns>Whether a table was created.</returns>
    private protected bool Import(string path, ImportOptions options, OpenedFiles? verified = null)
    {
        using WordVectorSource source = WordVectorSource.Open(path, options, UserData.VectorsDirectory, Stop);
        verified?.Check();
        string table = Tables.GetNewPath(source.Name, Force);
        if (!ShouldProcess(
            $"'{path}' ({source.Format}, {source.Dimensions} dimensions)", $"Import as the vector table '{table}'"))
        {
            return false;
        }

        UserData.CreateDirectory();

        // Some systems cannot replace an open file.
        SharedFiles.Clear();
        var bar = new ProgressBar(this, $"Importing word vectors as '{source.Name}'");
        ImportResult result;
        try
        {
            result = source.Import(
                table,
                Force ? ExistingFile.Force : ExistingFile.Keep,
                progress => Report(bar, progress),
                Stop);
        }
        catch (OnnxDeepException e) when (e.ErrorId == ErrorIds.FileExists)
        {
            // Another process has created the table since its name was checked.
            throw VectorStore.Exists(source.Name, table);
        }
        finally
        {
            bar.Complete();
        }

        Tell(result, path);
        var created = PSObject.AsPSObject(WordVectorTableInfo.Read(table));
        created.Properties.Add(new PSNoteProperty("SkippedWords", CellText.List(result.Skipped)));
        created.Properties.Add(new PSNoteProperty("InvalidWords", CellText.List(result.InvalidWords)));
        WriteObject(created);
        return true;
    }

    private static void Report(ProgressBar bar, ImportProgress progress) => bar.Report(
        (double)progress.BytesRead / Math.Max(1, progress.TotalBytes),
        () => FormattableString.Invariant(
            $"{progress.Rows:N0} rows, {progress.BytesRead / 1e6:N0} of {progress.TotalBytes / 1e6:N0} MB"));

    private void Tell(ImportResult result, string path)
    {
        WriteVerbose(
            FormattableString.Invariant($"'{path}' is in {result.Format} format: {result.Keys:N0} keys for ")
            + FormattableString.Invariant($"{result.Rows:N0} rows of {result.Dimensions} numbers."));
        foreach (SkippedVector skipped in result.Skipped)
        {
            WriteVerbose($"Skipped: {skipped}");
        }

        foreach (SkippedVector replaced in result.Replaced > 0 ? result.InvalidWords.Except(result.Skipped) : [])
        {
            WriteVerbose($"Replaced: {replaced}");
        }

        TellInvalid(result, path);
        Warn(
            result.Ragged,
            "line of '{0}' is not a word with its numbers and was skipped",
            "lines of '{0}' are not a word with its numbers and were skipped",
            path);
        Warn(
            result.Duplicates,
            "word of '{0}' is duplicated; kept the first",
            "words of '{0}' are duplicated; kept the first of each",
            path);
        Warn(
            result.Unannounced,
            "word of '{0}' exceeds the number in the file's header; it was imported",
            "words of '{0}' exceed the number in the file's header; they were imported",
            path);
        Warn(
            result.Unread,
            "byte of '{0}' follows the vectors that its header declares and was not read",
            "bytes of '{0}' follow the vectors that its header declares and were not read",
            path);
        Warn(
            result.Nameless,
            "word of '{0}' is known only by its hash: it can be looked up, but not listed",
            "words of '{0}' are known only by their hashes: they can be looked up, but not listed",
            path);
        if (result.NotFiniteError is FileFormatException error)
        {
            WriteWarning(
                FormattableString.Invariant($"{result.NotFinite:N0} of the vectors of '{path}' were skipped: ")
                + "they contain NaN, infinity or numbers that are too large.");
            WriteError(Errors.From(error, path));
        }
    }

    private void TellInvalid(ImportResult result, string path)
    {
        string some = string.Join(", ", result.InvalidWords.Take(ShownWords).Select(word => word.Line > 0
            ? FormattableString.Invariant($"'{word.Key}' in line {word.Line}")
            : FormattableString.Invariant($"'{word.Key}' at byte {word.Offset}")));
        some = result.Invalid > ShownWords ? $"such as {some}" : some;
        string hint = $"({some}). If the words are in another encoding, specify it with -Encoding";
        Warn(
            result.Replaced,
            "word of '{0}' is not valid text and was imported with U+FFFD {1}",
            "words of '{0}' are not valid text and were imported with U+FFFD {1}",
            path,
            hint);
        Warn(
            result.Invalid - result.Replaced,
            "word of '{0}' is not valid text and was skipped {1}",
            "words of '{0}' are not valid text and were skipped {1}",
            path,
            hint);
    }

    private void Warn(long count, string one, string many, params string[] details)
    {
        if (count > 0)
        {
            string hint = MyInvocation.BoundParameters.ContainsKey("Verbose")
                ? string.Empty
                : " Use -Verbose to list what was skipped.";
            string text = string.Format(CultureInfo.InvariantCulture, count == 1 ? one : many, details);
            WriteWarning(FormattableString.Invariant(
                $"{count:N0} {text}.{(text.Contains("skipped", StringComparison.Ordinal) ? hint : string.Empty)}"));
        }
    }
}

/// <summary>The format in which an import stores the numbers.</summary>
public enum VectorQuantization
{
    /// <summary>32-bit floats, exactly as in the source.</summary>
    None,

    /// <summary>16-bit floats: half the size, three decimal digits.</summary>
    Float16,

    /// <summary>Signed bytes with a scale per row: a quarter of the size, two decimal digits.</summary>
    Int8,
}
