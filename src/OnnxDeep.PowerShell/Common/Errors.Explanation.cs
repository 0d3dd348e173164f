using System.Management.Automation;

namespace OnnxDeep.PowerShell.Common;

/// <content>The errors of the cmdlets that explain models.</content>
internal static partial class Errors
{
    /// <summary>The model has no such class.</summary>
    public static ErrorRecord LabelNotFound(string label, IReadOnlyList<string> labels) => new(
        new ItemNotFoundException(
            $"The model has no class '{label}'. "
            + (labels.Count == 0
                ? "It predicts a number; omit -Label."
                : $"Its classes are: {RowProperties.List(labels)}. Specify one of these.")),
        "LabelNotFound",
        ErrorCategory.ObjectNotFound,
        label);

    /// <summary>The model has no such column.</summary>
    public static ErrorRecord FeatureNotFound(string feature, IReadOnlyList<string> columns) => new(
        new ItemNotFoundException(
            $"The model has no column '{feature}'. It takes: {RowProperties.List(columns)}. "
            + "Specify some of these for -Feature."),
        "FeatureNotFound",
        ErrorCategory.ObjectNotFound,
        feature);

    /// <summary>The model does not say which property has the truth.</summary>
    public static ErrorRecord LabelNameUnknown(string path) => new(
        new PSArgumentException(
            $"The model '{path}' does not say which property has the true value. Use -LabelProperty to specify it."),
        "LabelNameUnknown",
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>The score is one of the other kind of model.</summary>
    public static ErrorRecord MetricUnfit(string metric, bool isRegression) => new(
        new PSArgumentException(
            $"-Metric {metric} is for models that {(isRegression ? "have classes" : "predict numbers")}. Use "
            + (isRegression
                ? $"{ImportanceMetric.R2} or {ImportanceMetric.MeanSquaredError}."
                : $"{ImportanceMetric.Accuracy} or {ImportanceMetric.LogLoss}.")),
        "MetricUnfit",
        ErrorCategory.InvalidArgument,
        metric);

    /// <summary>There are too few rows to shuffle.</summary>
    public static ErrorRecord TooFewRows(int rows) => new(
        new InvalidOperationException(
            $"There {(rows == 1 ? "is 1 row" : $"are {rows} rows")} with a true value. Specify at least two, better "
            + "hundreds: values are shuffled among them."),
        "TooFewRows",
        ErrorCategory.InvalidData,
        rows);

    /// <summary>A picture of features needs the output of one of two cmdlets.</summary>
    public static ErrorRecord NoFeatureNumbers(object? item) => new(
        new ItemNotFoundException(
            "The input has no Feature with an Importance or a Contribution. Pipe the output of Get-FeatureImportance, "
            + "or one object of Get-PredictionContribution."),
        "NoFeatureNumbers",
        ErrorCategory.InvalidData,
        item);
}
