using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Every ErrorRecord that the module writes, each with a stable id and a fitting category.</summary>
internal static partial class Errors
{
    /// <summary>From the library's own errors, which bring their ids along.</summary>
    public static ErrorRecord From(OnnxDeepException exception, object? target)
    {
        exception.Hint = ErrorTable.Hint(exception);
        return new ErrorRecord(exception, exception.ErrorId, ErrorTable.Category(exception), target);
    }

    /// <summary>From one bad line of a file: the message tells which.</summary>
    public static ErrorRecord FromLine(OnnxDeepException exception, string path, long line) => new(
        new OnnxDeepException(exception.ErrorId, $"Line {line} of '{path}': {exception.Message}"),
        exception.ErrorId,
        ErrorCategory.InvalidData,
        path);

    /// <summary>From a file that went away or cannot be read while it is used.</summary>
    public static ErrorRecord FromFile(Exception exception) => new(
        new IOException($"{exception.Message} Check that the file is there and that you may read it.", exception),
        exception is FileNotFoundException ? "FileNotFound" : "FileNotReadable",
        exception is FileNotFoundException ? ErrorCategory.ObjectNotFound : ErrorCategory.ReadError,
        (exception as FileNotFoundException)?.FileName);

    /// <summary>A threshold that no probability can be compared with.</summary>
    public static ErrorRecord ThresholdOutOfRange(double threshold) => new(
        new ArgumentOutOfRangeException(
            null,
            FormattableString.Invariant($"The threshold {threshold} is not a probability. ")
            + "Give a number from 0 to 1, such as 0.5."),
        "ThresholdOutOfRange",
        ErrorCategory.InvalidArgument,
        threshold);

    /// <summary>A share that leaves nothing on one side.</summary>
    public static ErrorRecord FractionOutOfRange(string parameter, double fraction) => new(
        new ArgumentOutOfRangeException(
            null,
            FormattableString.Invariant($"-{parameter} is {fraction}. Give a share above 0 and below 1, such as 0.3.")),
        "FractionOutOfRange",
        ErrorCategory.InvalidArgument,
        fraction);

    /// <summary>A rate that leads nowhere.</summary>
    public static ErrorRecord LearningRateOutOfRange(double rate) => new(
        new ArgumentOutOfRangeException(
            null, FormattableString.Invariant($"-LearningRate is {rate}. Give a number above 0, such as 0.001.")),
        "LearningRateOutOfRange",
        ErrorCategory.InvalidArgument,
        rate);

    /// <summary>An object without the property that is needed.</summary>
    public static ErrorRecord PropertyMissing(PSObject row, string names) => new(
        new ItemNotFoundException(
            $"The object has no property {names}; it has {string.Join(", ", RowProperties.Names(row))}. "
            + "Name the property with -WordProperty."),
        "PropertyMissing",
        ErrorCategory.InvalidData,
        row);

    /// <summary>A layer that the model has not.</summary>
    public static ErrorRecord LayerNotFound(string layer, string model, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"The model '{model}' has no dense layer '{layer}'. Its layers are: {string.Join(", ", names)}. "
            + "Give one of these or a number from 0."),
        "LayerNotFound",
        ErrorCategory.ObjectNotFound,
        layer);

    /// <summary>A model without weights to show.</summary>
    public static ErrorRecord NoDenseLayers(string path) => new(
        new ItemNotFoundException(
            $"The model '{path}' has no dense layers: no Gemm or MatMul with stored weights. Name another model."),
        "NoDenseLayers",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>A path that is on no file system, such as Env:\PATH.</summary>
    public static ErrorRecord NotFileSystem(string path, string provider) => new(
        new NotSupportedException($"'{path}' is on the provider {provider}; only files can be read. Name a file."),
        "NotFileSystem",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>A vector table that is not there.</summary>
    public static ErrorRecord TableNotFound(string name, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"There is no vector table '{name}'. Those there are: {string.Join(", ", names)}. "
            + "Import-WordVector makes others."),
        "VectorsNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>Published vectors that the catalogue does not know.</summary>
    public static ErrorRecord PublicationNotFound(string name, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"The catalogue has no word vectors '{name}'. It has: {string.Join(", ", names)}. "
            + "Any other file comes by its address, with -Uri."),
        "PublicationNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>A word of an analogy without a vector.</summary>
    public static ErrorRecord WordUnknown(string word, string table) => new(
        new ItemNotFoundException(
            $"The vectors '{table}' do not know '{word}', and without it the sum would be another. "
            + "Give a word that they know."),
        "WordUnknown",
        ErrorCategory.ObjectNotFound,
        word);

    /// <summary>A table that has n-grams alone, and so no words to find.</summary>
    public static ErrorRecord NoKeys(string path) => new(
        new ItemNotFoundException(
            $"The vectors '{path}' have no words, only character n-grams: any word has a vector, "
            + "but none can be listed. Name other vectors with -Vectors."),
        "VectorsHaveNoKeys",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>A file that is not to be replaced.</summary>
    public static ErrorRecord FileExists(string path) => new(
        new IOException(
            $"The file '{path}' is there already. Leave -NoClobber out to replace it, or name another file."),
        "FileExists",
        ErrorCategory.ResourceExists,
        path);

    /// <summary>A report that is to be something else than a page.</summary>
    public static ErrorRecord ReportFormatUnknown(string path) => new(
        new ArgumentException(
            $"'{path}' does not end in .html or .htm, and a report is a page of HTML. End the name in .html."),
        "ReportFormatUnknown",
        ErrorCategory.InvalidArgument,
        path);
}
