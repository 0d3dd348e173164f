using System.Collections;
using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Tables;

namespace OnnxDeep.PowerShell.Common;

/// <summary>Creates all ErrorRecords of the module, each with a stable id and a suitable category.</summary>
internal static partial class Errors
{
    private const int MostNames = 20;

    /// <summary>Wraps a library error, which has its own id.</summary>
    public static ErrorRecord From(OnnxDeepException exception, object? target)
    {
        exception.Hint = ErrorTable.Hint(exception);
        return new ErrorRecord(exception, exception.ErrorId, ErrorTable.Category(exception), target);
    }

    /// <summary>
    /// Gives a record a message and a target that control no terminal; the exception and the target object are kept.
    /// </summary>
    public static ErrorRecord Show(ErrorRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        string message = record.ToString();
        string shown = ShownText.Message(message);
        if (shown != message)
        {
            record.ErrorDetails = new ErrorDetails(shown);
        }

        record.CategoryInfo.TargetName = ShownText.Value(record.CategoryInfo.TargetName);
        return record;
    }

    /// <summary>
    /// Creates the error of an argument that cannot be converted; PowerShell adds the name of the parameter.
    /// </summary>
    public static ArgumentTransformationMetadataException NotConverted(string message, Exception? cause = null) =>
        new(ShownText.Message(message), cause);

    /// <summary>Wraps an error in one line of a file; the message includes the line number.</summary>
    public static ErrorRecord FromLine(OnnxDeepException exception, string path, long line) => new(
        new OnnxDeepException(exception.ErrorId, $"Line {line} of '{path}': {exception.Message}"),
        exception.ErrorId,
        ErrorCategory.InvalidData,
        path);

    /// <summary>The threshold is not between 0 and 1.</summary>
    public static ErrorRecord ThresholdOutOfRange(double threshold) => new(
        new ArgumentOutOfRangeException(
            null,
            FormattableString.Invariant($"The threshold {threshold} is not a probability. ")
            + "Specify a number from 0 to 1, such as 0.5."),
        "ThresholdOutOfRange",
        ErrorCategory.InvalidArgument,
        threshold);

    /// <summary>A fraction leaves no examples on one side of the split.</summary>
    public static ErrorRecord FractionOutOfRange(string parameter, double fraction) => new(
        new ArgumentOutOfRangeException(
            null,
            FormattableString.Invariant($"-{parameter} is {fraction}. ")
            + "Specify a number from 0 to less than 1, such as 0.3; 0 means no test."),
        "FractionOutOfRange",
        ErrorCategory.InvalidArgument,
        fraction);

    /// <summary>The training cannot go on from a model.</summary>
    public static ErrorRecord ContinueUnfit(string path, string why) => new(
        new ArgumentException(
            $"The training cannot go on from '{path}': {why}. "
            + "-Continue needs a model of the same columns, classes and layers; without it, a new model is trained."),
        "ContinueUnfit",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>A setting of the training is specified, but -Tune chooses it.</summary>
    public static ErrorRecord TunesSetting(string parameter) => new(
        new ArgumentException(
            $"-Tune and -{parameter} are specified, but -Tune compares ways to train that choose it. "
            + "Specify one of them."),
        "TunesSetting",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>Both own test rows and a fraction for them are specified.</summary>
    public static ErrorRecord TestedTwice() => new(
        new ArgumentException(
            "-TestData and -TestFraction are specified, but the test has the objects of -TestData alone. "
            + "Specify one of them."),
        "TestedTwice",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>The own test rows lack columns of the training rows.</summary>
    public static ErrorRecord TestDataUnfit(IReadOnlyList<string> missing, PSObject row) => new(
        new ArgumentException(
            $"No object of -TestData has {string.Join(" or ", missing.Take(20).Select(name => $"'{name}'"))}"
            + $"{(missing.Count > 20 ? " or others" : string.Empty)}, which the training examples have; the first one "
            + $"has: {RowProperties.List(row)}. Specify objects with the same properties."),
        "TestDataUnfit",
        ErrorCategory.InvalidArgument,
        row);

    /// <summary>The learning rate is not a positive number that the training can compute with.</summary>
    public static ErrorRecord LearningRateOutOfRange(double rate) => new(
        new ArgumentOutOfRangeException(
            null,
            FormattableString.Invariant($"-LearningRate is {rate}. ")
            + FormattableString.Invariant($"Specify a number greater than 0 and at most {float.MaxValue}, such as ")
            + "0.001."),
        "LearningRateOutOfRange",
        ErrorCategory.InvalidArgument,
        rate);

    /// <summary>An object lacks the property that holds the word.</summary>
    public static ErrorRecord PropertyMissing(PSObject row, string names) => new(
        new ItemNotFoundException(
            $"The object has no property {names}; it has: {RowProperties.List(row)}. "
            + "Use -WordProperty to specify the property."),
        "PropertyMissing",
        ErrorCategory.InvalidData,
        row);

    /// <summary>A value is neither text nor an object with a word.</summary>
    public static ErrorRecord NotAWord(object value) => new(
        new ArgumentException(
            $"'{value}' is a {RowProperties.Unwrap(value)!.GetType().Name}, not a word. "
            + "Specify text, or use -WordProperty to specify the property that contains the word."),
        "NotAWord",
        ErrorCategory.InvalidData,
        value);

    /// <summary>The script block of -WordProperty ended with an error.</summary>
    public static ErrorRecord WordPropertyFailed(RuntimeException exception, object? item) => new(
        new InvalidOperationException(
            $"The script block of -WordProperty failed: {ShownText.Joined(exception.Message)} "
            + "In the script block, $_ is the object.",
            exception),
        "WordPropertyFailed",
        ErrorCategory.InvalidOperation,
        item);

    /// <summary>The model has no such layer.</summary>
    public static ErrorRecord LayerNotFound(string layer, string model, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"The model '{model}' has no dense layer '{layer}'. Its layers are: {string.Join(", ", names)}. "
            + "Specify one of these, or a number, counted from 0."),
        "LayerNotFound",
        ErrorCategory.ObjectNotFound,
        layer);

    /// <summary>Several layers have that name in another case.</summary>
    public static ErrorRecord LayerAmbiguous(string layer, string model, IEnumerable<string> names) => new(
        new ArgumentException(
            $"The model '{model}' has the dense layers {string.Join(", ", names)}, and '{layer}' may be any of them. "
            + "Specify the name in its own case, or the number of the layer, counted from 0."),
        "LayerAmbiguous",
        ErrorCategory.InvalidArgument,
        layer);

    /// <summary>Names of the model's outputs differ only in case.</summary>
    public static ErrorRecord OutputNameAmbiguous(string model, IEnumerable<string> names) => new(
        new ArgumentException(
            $"The outputs {string.Join(" and ", names.Select(name => $"'{name}'"))} of the model '{model}' differ only "
            + "in case, so one object cannot have a property for each. Use -OutputName to select one of them."),
        "OutputNameAmbiguous",
        ErrorCategory.InvalidArgument,
        model);

    /// <summary>The model has no dense layers.</summary>
    public static ErrorRecord NoDenseLayers(string path) => new(
        new ItemNotFoundException(
            $"The model '{path}' has no dense layers: it contains no Gemm or MatMul node with stored weights. "
            + "Specify another model."),
        "NoDenseLayers",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>The path, such as Env:\PATH, does not belong to the file system.</summary>
    public static ErrorRecord NotFileSystem(string path, string provider) => new(
        new NotSupportedException(
            $"The path '{path}' belongs to the {provider} provider, but only files can be read. "
            + "Specify the path of a file."),
        "NotFileSystem",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>There is no such vector table.</summary>
    public static ErrorRecord TableNotFound(string name, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"There is no vector table '{name}'. The tables are: {string.Join(", ", names)}. "
            + "Specify one of these, or use Import-WordVector to create one."),
        "VectorsNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>The catalogue does not contain the published vectors.</summary>
    public static ErrorRecord PublicationNotFound(string name, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"The catalogue does not contain the word vectors '{name}'. It contains: {string.Join(", ", names)}. "
            + "Use -Uri to download any other file."),
        "PublicationNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>A word of an analogy has no vector.</summary>
    public static ErrorRecord WordUnknown(string word, string table) => new(
        new ItemNotFoundException(
            $"The vectors '{table}' do not contain '{word}', and the analogy needs all of its words. "
            + "Use a word that they contain."),
        "WordUnknown",
        ErrorCategory.ObjectNotFound,
        word);

    /// <summary>The table has only n-grams, so there are no words to find.</summary>
    public static ErrorRecord NoKeys(string path) => new(
        new ItemNotFoundException(
            $"The vectors '{path}' have no words, only character n-grams: any word has a vector, "
            + "but no words can be listed. Use -Vectors to specify other vectors."),
        "VectorsHaveNoKeys",
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>The file that is written by default exists.</summary>
    public static ErrorRecord DefaultFileExists(string path) => new(
        new IOException(
            $"The file '{path}' already exists. Use -Path to specify another file, or -Force to overwrite it."),
        ErrorIds.FileExists,
        ErrorCategory.ResourceExists,
        path);

    /// <summary>The file name of a report does not have an HTML extension.</summary>
    public static ErrorRecord ReportFormatUnknown(string path) => new(
        new ArgumentException(
            $"The path '{path}' does not end in .html or .htm, and a report is an HTML page. "
            + "Specify a path with the extension .html."),
        "ReportFormatUnknown",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>Several views are requested, but a command returns only one.</summary>
    public static ErrorRecord ViewsConflict(IReadOnlyCollection<string> views) => new(
        new ArgumentException(
            $"{string.Join(" and ", views.Select(view => $"-{view}"))} cannot be used together. "
            + "Run the command once for each."),
        "ViewsConflict",
        ErrorCategory.InvalidArgument,
        views);

    /// <summary>The graph is too large to be printed.</summary>
    public static ErrorRecord TreeTooLarge(string path, int nodes, int limit) => new(
        new InvalidOperationException(
            $"The model '{path}' has {Quantity.Of(nodes, "node")}, "
            + FormattableString.Invariant($"and -Tree prints at most {limit:N0}. ")
            + "Use -Node to list them, or -Operator to count them."),
        "TreeTooLarge",
        ErrorCategory.LimitsExceeded,
        path);

    /// <summary>The parameters change no metadata.</summary>
    public static ErrorRecord NoMetadataChange() => new(
        new ArgumentException(
            "No change is specified. Use -Metadata to set values, such as @{ author = 'me' }, "
            + "-Remove to remove keys, or -Replace."),
        "NoMetadataChange",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>The parameters specify no conversion.</summary>
    public static ErrorRecord NoConversion() => new(
        new ArgumentException(
            "No conversion is specified. Use -To Float16, -To Int8Dynamic, -DynamicBatch or -Optimize."),
        "NoConversion",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A second model would overwrite the first in the output file.</summary>
    public static ErrorRecord OutputPathTaken(string path, string output) => new(
        new ArgumentException(
            $"The file '{output}' already contains the first model, and '{path}' would overwrite it. "
            + "Use -OutputPath with one model at a time."),
        "OutputPathTaken",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>The rows lack a property that is needed.</summary>
    public static ErrorRecord PropertyNotFound(
        string parameter, IReadOnlyList<string> wanted, PSObject row) => new(
        new ItemNotFoundException(
            $"The first row has no property {string.Join(" or ", wanted.Select(name => $"'{name}'"))}; it has: "
            + $"{RowProperties.List(row)}. "
            + (wanted is [string name] && RowProperties.FindSimilar(row, name) is string similar
                ? $"Did you mean '{similar}'? "
                : string.Empty)
            + $"Use -{parameter} to specify the property."),
        "PropertyNotFound",
        ErrorCategory.ObjectNotFound,
        row);

    /// <summary>The rows do not have the names of the model's inputs.</summary>
    /// <param name="exception">The error of the first row.</param>
    /// <param name="inputs">The names of the inputs that need a value.</param>
    /// <param name="item">The first row.</param>
    public static ErrorRecord InputsNotFound(OnnxDeepException exception, IEnumerable<string> inputs, object? item)
    {
        if (item is null || !RowProperties.IsRow(item) || exception.ErrorId == ErrorIds.ModelTakesColumns)
        {
            return From(exception, item);
        }

        var row = PSObject.AsPSObject(item);
        string missing = inputs.FirstOrDefault(input => !RowProperties.Has(row, input)) ?? string.Empty;
        string? similar = RowProperties.FindSimilar(row, missing);
        return From(
            new OnnxDeepException(
                exception.ErrorId,
                $"{exception.Message} The first row has: {RowProperties.List(row)}. "
                + (similar is null ? string.Empty : $"Did you mean '{similar}'? ")
                + "Use Select-Object to rename its properties.",
                exception),
            item);
    }

    /// <summary>A row lacks columns that a model takes.</summary>
    public static ErrorRecord ColumnsMissing(PSObject row, IReadOnlyList<string> wanted)
    {
        string[] missing = [.. wanted.Where(name => !RowProperties.Has(row, name))];
        string[] similar =
        [
            .. missing.Select(name => (Name: name, Similar: RowProperties.FindSimilar(row, name)))
                .Where(pair => pair.Similar is not null)
                .Select(pair => $"'{pair.Similar}' for '{pair.Name}'"),
        ];
        return new ErrorRecord(
            new ItemNotFoundException(
                $"A row has no property {Quote(missing)}. The model takes the columns {RowProperties.List(wanted)}; "
                + $"the row has: {RowProperties.List(row)}. "
                + (similar.Length > 0 ? $"Did you mean {string.Join(", ", similar.Take(MostNames))}? " : string.Empty)
                + "Use Select-Object to give the properties these names, and an empty value to one that is unknown."),
            "ColumnsMissing",
            ErrorCategory.ObjectNotFound,
            row);
    }

    /// <summary>A value of a row is not of the kind that the column had in the training.</summary>
    public static ErrorRecord CellInvalid(long number, string problem, PSObject row) => new(
        new ArgumentException(FormattableString.Invariant(
            $"Row {number:N0} is skipped: {problem} Correct the value, or leave it empty if it is unknown.")),
        "CellInvalid",
        ErrorCategory.InvalidData,
        row);

    /// <summary>An item of the pipeline is not a row.</summary>
    public static ErrorRecord NotARow(long number, object? value, IReadOnlyList<string> wanted) => new(
        new ArgumentException(
            FormattableString.Invariant($"Item {number:N0} is ")
            + (value is null ? "null" : $"'{value}', a {value.GetType().Name}")
            + ", not a row. Specify objects or hashtables with the columns of the model: "
            + $"{RowProperties.List(wanted)}."),
        "NotARow",
        ErrorCategory.InvalidType,
        value);

    /// <summary>A row lacks a required value.</summary>
    public static ErrorRecord RowIncomplete(int number, string property, object? row) => new(
        new ArgumentException(
            $"Row {number} has no value in '{property}' and was skipped. "
            + "Add a value, or use Where-Object to exclude such rows."),
        "RowIncomplete",
        ErrorCategory.InvalidData,
        row);

    /// <summary>A value is not a finite number.</summary>
    public static ErrorRecord NotANumber(int number, string property, object? value) => new(
        new ArgumentException(
            $"Row {number} has '{value}' in '{property}', which is not a finite number, and was skipped. "
            + "Use a number, such as 0.5."),
        ErrorIds.NotANumber,
        ErrorCategory.InvalidData,
        value);

    /// <summary>A number is not a probability.</summary>
    public static ErrorRecord ProbabilityInvalid(int number, string property, object? value) => new(
        new ArgumentOutOfRangeException(
            null,
            $"Row {number} has '{value}' in '{property}', which is not a probability, and was skipped. "
            + "Use a number from 0 to 1."),
        "ProbabilityInvalid",
        ErrorCategory.InvalidData,
        value);

    /// <summary>A row has a class that -Label does not list.</summary>
    public static ErrorRecord LabelNotListed(int number, string label, IEnumerable<string> labels) => new(
        new ArgumentException(
            $"Row {number} has the class '{label}', which -Label does not list, and was skipped. "
            + $"Add the class to -Label, which lists: {string.Join(", ", labels)}."),
        "LabelNotListed",
        ErrorCategory.InvalidData,
        label);

    /// <summary>The pipeline contained no valid row.</summary>
    public static ErrorRecord NothingToMeasure(string needed) => new(
        new InvalidOperationException(
            $"There is nothing to measure: no row has {needed}. Pipe at least one such row."),
        "NothingToMeasure",
        ErrorCategory.InvalidData,
        null);

    /// <summary>The positive class is not one of the classes.</summary>
    public static ErrorRecord PositiveLabelNotFound(string label, IEnumerable<string> labels) => new(
        new ItemNotFoundException(
            $"There is no class '{label}' for -PositiveLabel. The classes are: {string.Join(", ", labels)}. "
            + "Specify one of these."),
        "PositiveLabelNotFound",
        ErrorCategory.ObjectNotFound,
        label);

    /// <summary>A parameter of two classes is specified for more.</summary>
    public static ErrorRecord NotTwoClasses(string parameter, IReadOnlyList<string> labels) => new(
        new InvalidOperationException(
            FormattableString.Invariant($"-{parameter} is for two classes, but there are {labels.Count:N0}: ")
            + $"{string.Join(", ", labels.Take(20))}{(labels.Count > 20 ? ", …" : string.Empty)}. "
            + "Omit it; with more classes, each has its own probability, and the largest decides."),
        "NotTwoClasses",
        ErrorCategory.InvalidOperation,
        parameter);

    /// <summary>The threshold cannot be applied to the rows.</summary>
    public static ErrorRecord ThresholdUnfit(string why) => new(
        new InvalidOperationException($"-Threshold cannot be applied: {why}"),
        "ThresholdUnfit",
        ErrorCategory.InvalidOperation,
        null);

    /// <summary>The numbers of signals and weights differ.</summary>
    public static ErrorRecord WeightCountMismatch(int signals, int weights) => new(
        new ArgumentException(
            $"-InputSignal has {Quantity.Of(signals, "number")} and -Weight has {weights}. "
            + "Specify one weight for each signal."),
        "WeightCountMismatch",
        ErrorCategory.InvalidArgument,
        signals);

    /// <summary>A row of inputs has the wrong length.</summary>
    /// <param name="inputs">The length.</param>
    /// <param name="needed">The right length.</param>
    /// <param name="features">What the numbers are, if the model computes them from the columns of a table.</param>
    public static ErrorRecord InputCountMismatch(
        int inputs, int needed, IReadOnlyList<FeatureSource>? features = null) => new(
        new ArgumentException(
            $"The input has {Quantity.Of(inputs, "number")}, but the network takes {needed}"
            + (features is { Count: > 0 } known ? $", the features of a table ({NameSome(known)}). " : ". ")
            + $"Specify {Quantity.Of(needed, "number")} per row; "
            + "single numbers from the pipeline are collected into rows."),
        "InputCountMismatch",
        ErrorCategory.InvalidArgument,
        inputs);

    private static string NameSome(IReadOnlyList<FeatureSource> features)
    {
        const int most = 8;
        return string.Join(", ", features.Take(most)) + (features.Count > most ? ", …" : string.Empty);
    }

    /// <summary>The target has the wrong length.</summary>
    public static ErrorRecord TargetCountMismatch(int targets, int needed) => new(
        new ArgumentException(
            $"-Target has {Quantity.Of(targets, "number")}, but the network has {Quantity.Of(needed, "output")}. "
            + "Specify the desired value of each output."),
        "TargetCountMismatch",
        ErrorCategory.InvalidArgument,
        targets);

    /// <summary>The loss does not suit the network's outputs.</summary>
    public static ErrorRecord LossUnfit(ArgumentException exception, object loss) =>
        new(new ArgumentException(Explain(exception), exception), "LossUnfit", ErrorCategory.InvalidArgument, loss);

    /// <summary>The network has no weight or bias of that name.</summary>
    public static ErrorRecord ParameterNotFound(string name) => new(
        new ItemNotFoundException(
            $"The network has no weight or bias '{name}'. Omit -Name to get all, or use a pattern such as w2*."),
        "ParameterNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>The weights and biases do not form a network.</summary>
    public static ErrorRecord WeightsInvalid(Exception why, object? target) => new(
        new ArgumentException(
            $"{Explain(why)} Specify -Weight and -Bias with one array for each layer; the weights are [inputs, units], "
            + "or one list, input by input."),
        "WeightsInvalid",
        ErrorCategory.InvalidArgument,
        target);

    /// <summary>A word has no vector and cannot be traced.</summary>
    public static ErrorRecord WordWithoutVector(string word, string table) => new(
        new ItemNotFoundException(
            $"The vectors '{table}' do not contain '{word}', so the network has no input. "
            + "Use a word that they contain."),
        "WordUnknown",
        ErrorCategory.ObjectNotFound,
        word);

    /// <summary>The model was trained on other vectors.</summary>
    public static ErrorRecord VectorsUnfit(string model, string? trainedOn, string table) => new(
        new ArgumentException(
            $"The model '{model}' was trained on the word vectors '{trainedOn}', not on '{table}'. "
            + "Use -Vectors to specify those that it was trained on."),
        ErrorIds.VectorsMismatch,
        ErrorCategory.InvalidType,
        table);

    /// <summary>Two lists differ in length.</summary>
    public static ErrorRecord CountMismatch(int predicted, int actual) => new(
        new ArgumentException(
            $"-Predicted has {Quantity.Of(predicted, "number")} and -Actual has {actual}. "
            + "Specify the same number of each, at least one."),
        "CountMismatch",
        ErrorCategory.InvalidArgument,
        predicted);

    /// <summary>The interval is empty or not finite.</summary>
    public static ErrorRecord RangeInvalid(double from, double to) => new(
        new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"-From is {from} and -To is {to}. ")
            + "Specify finite numbers; -From must be less than -To."),
        "RangeInvalid",
        ErrorCategory.InvalidArgument,
        from);

    /// <summary>The value of a provider option is not text, a number or a Boolean.</summary>
    public static ErrorRecord ProviderOptionInvalid(DictionaryEntry option) => new(
        new ArgumentException(
            $"The provider option '{option.Key}' is "
            + $"{(option.Value is null ? "null" : $"of type {option.Value.GetType().Name}")}. "
            + "Specify a string, a number, $true or $false, such as @{ gpu_mem_limit = 2GB }."),
        "ProviderOptionInvalid",
        ErrorCategory.InvalidArgument,
        option.Value);

    /// <summary>There is no such provider.</summary>
    public static ErrorRecord ProviderNotFound(string name, IEnumerable<string> names) => new(
        new ItemNotFoundException(
            $"There is no execution provider '{name}'. The providers are: {string.Join(", ", names)}. "
            + "Specify one of these, or use Register-OnnxExecutionProvider to add one."),
        "ProviderNotFound",
        ErrorCategory.ObjectNotFound,
        name);

    /// <summary>No library is registered under the name.</summary>
    public static ErrorRecord ProviderNotRegistered(string name, IReadOnlyList<string> names) => new(
        new ItemNotFoundException(
            $"No library is registered as '{name}'. The registered names are: "
            + $"{(names.Count > 0 ? string.Join(", ", names) : "(none)")}. "
            + "Specify one of these; the providers of the module cannot be unregistered."),
        "ProviderNotRegistered",
        ErrorCategory.ObjectNotFound,
        name);

    private static string Quote(string[] names) =>
        string.Join(", ", names.Take(MostNames).Select(name => $"'{name}'"))
        + (names.Length > MostNames
            ? FormattableString.Invariant($" and {names.Length - MostNames:N0} more")
            : string.Empty);

    // .NET appends the parameter's name, which is not that of a parameter of the cmdlet.
    private static string Explain(Exception exception) => exception is ArgumentException { ParamName: string name }
        ? exception.Message.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal)
        : exception.Message;
}
