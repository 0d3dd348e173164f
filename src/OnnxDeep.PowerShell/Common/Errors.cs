using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Every ErrorRecord that the module writes, each with a stable id and a fitting category.</summary>
internal static class Errors
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

    /// <summary>Several lists where one can be given.</summary>
    public static ErrorRecord ViewsConflict(IReadOnlyCollection<string> views) => new(
        new ArgumentException(
            $"{string.Join(" and ", views.Select(view => $"-{view}"))} each ask for something else. "
            + "Give one of them; each run gives one list."),
        "ViewsConflict",
        ErrorCategory.InvalidArgument,
        views);

    /// <summary>A graph that no one can read as text.</summary>
    public static ErrorRecord TreeTooLarge(string path, int nodes, int limit) => new(
        new InvalidOperationException(
            FormattableString.Invariant($"The model '{path}' has {nodes:N0} nodes, ")
            + FormattableString.Invariant($"and -Tree prints {limit:N0} at most. ")
            + "List them with -Node, or count them with -Operator."),
        "TreeTooLarge",
        ErrorCategory.LimitsExceeded,
        path);

    /// <summary>An edit that is none.</summary>
    public static ErrorRecord NoMetadataChange() => new(
        new ArgumentException(
            "There is nothing to change. Give pairs with -Metadata, such as @{ author = 'me' }, names with -Remove, "
            + "or -Replace."),
        "NoMetadataChange",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A conversion into nothing else.</summary>
    public static ErrorRecord NoConversion() => new(
        new ArgumentException(
            "There is nothing to convert. Give -To Float16 or -To Int8Dynamic, -DynamicBatch or -Optimize."),
        "NoConversion",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A second model for a file that a first one is in.</summary>
    public static ErrorRecord OutputPathTaken(string path, string output) => new(
        new ArgumentException(
            $"'{output}' holds the first model already, and '{path}' would replace it. "
            + "Give -OutputPath with one model at a time."),
        "OutputPathTaken",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>Rows without the property that a parameter names.</summary>
    public static ErrorRecord PropertyNotFound(
        string parameter, IEnumerable<string> wanted, IEnumerable<string> found, object row) => new(
        new ItemNotFoundException(
            $"The first row has no property {string.Join(" or ", wanted.Select(name => $"'{name}'"))}; it has: "
            + $"{string.Join(", ", found)}. Name the property with -{parameter}."),
        "PropertyNotFound",
        ErrorCategory.ObjectNotFound,
        row);

    /// <summary>A row that lacks what must be there.</summary>
    public static ErrorRecord RowIncomplete(int number, string property, object? row) => new(
        new ArgumentException(
            $"Row {number} has nothing in '{property}' and is left out. "
            + "Fill it in, or leave such rows out with Where-Object."),
        "RowIncomplete",
        ErrorCategory.InvalidData,
        row);

    /// <summary>A value that is no number.</summary>
    public static ErrorRecord NotANumber(int number, string property, object? value) => new(
        new ArgumentException(
            $"Row {number} has '{value}' in '{property}', which is no finite number, and is left out. "
            + "Give a number such as 0.5."),
        "NotANumber",
        ErrorCategory.InvalidData,
        value);

    /// <summary>A number that is no probability.</summary>
    public static ErrorRecord ProbabilityInvalid(int number, string property, object? value) => new(
        new ArgumentOutOfRangeException(
            null,
            $"Row {number} has '{value}' in '{property}', which is no probability, and is left out. "
            + "Give a number from 0 to 1."),
        "ProbabilityInvalid",
        ErrorCategory.InvalidData,
        value);

    /// <summary>A class that -Label does not name.</summary>
    public static ErrorRecord LabelNotListed(int number, string label, IEnumerable<string> labels) => new(
        new ArgumentException(
            $"Row {number} has the class '{label}', which -Label does not name, and is left out. "
            + $"It names: {string.Join(", ", labels)}."),
        "LabelNotListed",
        ErrorCategory.InvalidData,
        label);

    /// <summary>A pipeline without a row that could be measured.</summary>
    public static ErrorRecord NothingToMeasure(string needed) => new(
        new InvalidOperationException(
            $"There is nothing to measure: no row came in that has {needed}. Pipe at least one."),
        "NothingToMeasure",
        ErrorCategory.InvalidData,
        null);

    /// <summary>A positive class that is none of the classes.</summary>
    public static ErrorRecord PositiveLabelNotFound(string label, IEnumerable<string> labels) => new(
        new ItemNotFoundException($"There is no class '{label}'. The classes are: {string.Join(", ", labels)}."),
        "PositiveLabelNotFound",
        ErrorCategory.ObjectNotFound,
        label);

    /// <summary>A threshold that cannot be applied.</summary>
    public static ErrorRecord ThresholdUnfit(string why) => new(
        new InvalidOperationException($"A threshold cannot be applied: {why}"),
        "ThresholdUnfit",
        ErrorCategory.InvalidOperation,
        null);

    /// <summary>As many weights as signals are needed.</summary>
    public static ErrorRecord WeightCountMismatch(int signals, int weights) => new(
        new ArgumentException(
            $"{signals} signals came in for {weights} weights. "
            + "A neuron has one weight a signal: give as many of each."),
        "WeightCountMismatch",
        ErrorCategory.InvalidArgument,
        signals);

    /// <summary>A row of inputs of the wrong length.</summary>
    public static ErrorRecord InputCountMismatch(int inputs, int needed) => new(
        new ArgumentException(
            $"{inputs} numbers came in, but the network takes {needed}. "
            + "Give as many a row; numbers that come one by one fill a row."),
        "InputCountMismatch",
        ErrorCategory.InvalidArgument,
        inputs);

    /// <summary>A target of the wrong length.</summary>
    public static ErrorRecord TargetCountMismatch(int targets, int needed) => new(
        new ArgumentException(
            $"-Target has {targets} numbers, but the network gives {needed}. "
            + "Give as many: what it should have answered."),
        "TargetCountMismatch",
        ErrorCategory.InvalidArgument,
        targets);

    /// <summary>A loss that is not for this network's outputs.</summary>
    public static ErrorRecord LossUnfit(ArgumentException exception, object loss) =>
        new(exception, "LossUnfit", ErrorCategory.InvalidArgument, loss);

    /// <summary>A parameter that has no such name.</summary>
    public static ErrorRecord ParameterNotFound(string name) => new(
        new ItemNotFoundException(
            $"The network has no weight or bias '{name}'. Leave -Name out to see all, or give a pattern such as w2*."),
        "ParameterNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>Weights and biases that make no network.</summary>
    public static ErrorRecord WeightsInvalid(string why, object? target) => new(
        new ArgumentException(
            $"{why} Give -Weight and -Bias an array for each layer, the weights as [inputs, units] or in a row, "
            + "input by input."),
        "WeightsInvalid",
        ErrorCategory.InvalidArgument,
        target);

    /// <summary>A word that cannot be traced, for it has no vector.</summary>
    public static ErrorRecord WordWithoutVector(string word, string table) => new(
        new ItemNotFoundException(
            $"The vectors '{table}' do not know '{word}', so the network has nothing to read. "
            + "Give a word that they know."),
        "WordUnknown",
        ErrorCategory.ObjectNotFound,
        word);

    /// <summary>Vectors that a model was not trained on.</summary>
    public static ErrorRecord VectorsUnfit(string model, string? trainedOn, string table) => new(
        new ArgumentException(
            $"The model '{model}' was trained on the word vectors '{trainedOn}', and '{table}' are others. "
            + "Name its own with -Vectors."),
        ErrorIds.VectorsMismatch,
        ErrorCategory.InvalidType,
        table);

    /// <summary>Two lists that should be of one length.</summary>
    public static ErrorRecord CountMismatch(int predicted, int actual) => new(
        new ArgumentException(
            $"-Predicted has {predicted} numbers and -Actual has {actual}. Give as many of each, and at least one."),
        "CountMismatch",
        ErrorCategory.InvalidArgument,
        predicted);

    /// <summary>An interval without room for points.</summary>
    public static ErrorRecord RangeInvalid(double from, double to) => new(
        new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"There is no curve from {from} to {to}. ")
            + "Give finite numbers, the smaller one with -From."),
        "RangeInvalid",
        ErrorCategory.InvalidArgument,
        from);

    /// <summary>An option that is nothing which can be written as one.</summary>
    public static ErrorRecord ProviderOptionInvalid(DictionaryEntry option) => new(
        new ArgumentException(
            $"The provider option '{option.Key}' is "
            + $"{(option.Value is null ? "null" : $"of the type {option.Value.GetType().Name}")}. "
            + "Give a text, a number, $true or $false, such as @{ gpu_mem_limit = 2GB }."),
        "ProviderOptionInvalid",
        ErrorCategory.InvalidArgument,
        option.Value);

    /// <summary>A provider that is not listed.</summary>
    public static ErrorRecord ProviderNotFound(string name, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"There is no execution provider '{name}'. Those known are: {string.Join(", ", names)}. "
            + "Register-OnnxExecutionProvider brings others."),
        "ProviderNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>A library that was not registered.</summary>
    public static ErrorRecord ProviderNotRegistered(string name, IReadOnlyList<string> names) => new(
        new ItemNotFoundException(
            $"No library is registered as '{name}'. Registered are: "
            + $"{(names.Count > 0 ? string.Join(", ", names) : "(none)")}. "
            + "Providers that are part of the module stay."),
        "ProviderNotRegistered",
        ErrorCategory.ObjectNotFound,
        name);
}
