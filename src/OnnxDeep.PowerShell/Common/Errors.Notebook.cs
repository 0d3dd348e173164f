using System.Globalization;
using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <content>The errors of the cmdlets that teach and measure.</content>
internal static partial class Errors
{
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
}
