using System.Globalization;
using System.Management.Automation;
using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.Plots.Reports;
using OnnxDeep.PowerShell.Classifiers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Reads the content of a report from the properties of a training result.</summary>
internal static class ReportReader
{
    /// <summary>Creates the report of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="culture">The culture of numbers in text; null for numbers with a decimal point.</param>
    /// <exception cref="OnnxDeepException">
    /// The result's history or matrix is invalid, or the format of a number is not clear.
    /// </exception>
    public static TrainingReport Read(PSObject result, CultureInfo? culture)
    {
        string? model = RowProperties.ToLines(RowProperties.FindValue(result, "Model"));
        return new TrainingReport
        {
            Title = model is null ? "Training report" : $"Training report: {Path.GetFileNameWithoutExtension(model)}",
            Model = model,
            Summary = RowProperties.ToLines(RowProperties.FindValue(result, "Summary")),
            Report = RowProperties.ToLines(RowProperties.FindValue(result, "Report")),
            Command = RowProperties.ToLines(RowProperties.FindValue(result, "Command")),
            History = ReadHistory(result, culture),
            Confusion = new ConfusionReader(culture).Find(result, null),
            CrossValidation = ReadCrossValidation(result),
            Reliability = new ReliabilityReader(culture).Find(result),
            Residuals = ReadResiduals(result),
            IsTable = RowProperties.FindValue(result, "Task")
                is ModelMetadata.Classification or ModelMetadata.Regression,
            Features = RowProperties.FindValue(result, "Features") is object features
                ? [.. RowProperties.Enumerate(features).Select(name => name.ToString())]
                : [],
            TrainRows = (int?)ReadNumber(result, "TrainRows"),
            Threshold = ReadNumber(result, "Threshold") is double threshold and not 0.5 ? threshold : null,
            Mistakes = RowProperties.FindValue(result, "Mistakes") is object mistakes
                ? [.. RowProperties.Enumerate(mistakes).Select(mistake => ReadMistake(mistake, culture))]
                : null,
            Skipped = RowProperties.FindValue(result, "Skipped") is object skipped
                ? [.. RowProperties.Enumerate(skipped).Select(word => TextOf(word, "Word") ?? word.ToString())]
                : [],
        };
    }

    private static LossPlot? ReadHistory(PSObject result, CultureInfo? culture)
    {
        if (RowProperties.FindValue(result, "History") is not object history)
        {
            return null;
        }

        var reader = new HistoryReader(culture);
        foreach (PSObject part in RowProperties.Enumerate(history))
        {
            reader.Add(part);
        }

        return reader.Build();
    }

    private static ReportValidation? ReadCrossValidation(PSObject result)
    {
        if (RowProperties.FindValue(result, "CrossValidation") is not object value
            || PSObject.AsPSObject(value) is not { } validation
            || ReadNumber(validation, "Mean") is not double mean
            || ReadNumber(validation, "StandardDeviation") is not double deviation)
        {
            return null;
        }

        double?[]? accuracies = RowProperties.FindValue(validation, "Accuracies") is object items
            ? [.. RowProperties.Enumerate(items).Select(item => ToNumber(item))]
            : null;
        double?[]? folds = RowProperties.FindValue(validation, "Folds") is object rows
            ? [.. RowProperties.Enumerate(rows).Select(fold => ReadNumber(fold, "R2"))]
            : null;
        return (accuracies ?? folds) is { Length: > 0 } numbers
            ? new ReportValidation([.. numbers.Select(number => number ?? double.NaN)], mean, deviation)
            {
                IsR2 = accuracies is null,
            }
            : null;
    }

    private static ResidualPlot? ReadResiduals(PSObject result) =>
        RowProperties.FindValue(result, "Residuals") is object value
        && RowProperties.Enumerate(value).ToArray() is { Length: > 0 } rows
            ? ResidualPlot.Create(
                [.. rows.Select(row => ReadNumber(row, "Prediction") ?? double.NaN)],
                [.. rows.Select(row => ReadNumber(row, "Actual") ?? double.NaN)])
            : null;

    private static ReportMistake ReadMistake(PSObject mistake, CultureInfo? culture)
    {
        string word = TextOf(mistake, "Word") ?? mistake.ToString();
        string label = TextOf(mistake, "Label") ?? string.Empty;
        return new ReportMistake(
            word,
            TextOf(mistake, "Truth") ?? string.Empty,
            label,
            ReadProbability(mistake, word, label, culture));
    }

    // The probability of the label: from the scores, or as it is, except that Test-FoodWord's is that of food.
    private static double? ReadProbability(PSObject mistake, string word, string label, CultureInfo? culture)
    {
        if (ClassMap.Read(RowProperties.FindValue(mistake, "Scores")) is { } scores)
        {
            return ToNumber(scores.FirstOrDefault(pair => pair.Label == label).Value);
        }

        object? value = RowProperties.Unwrap(RowProperties.FindValue(mistake, "Probability"));
        NumberKind kind = NumberText.Read(value, culture, out double probability);
        if (kind is NumberKind.Ambiguous or NumberKind.Grouped)
        {
            throw new OnnxDeepException(
                ErrorIds.NumberAmbiguous,
                $"The mistake '{word}' has '{value}' in 'Probability', {NumberText.Explain(culture)}");
        }

        bool isOther = RowProperties.FindValue(mistake, "IsFood") is object isFood
            && $"{isFood}".Equals("False", StringComparison.OrdinalIgnoreCase);

        // A page without a number that is none is more useful than no page.
        return kind != NumberKind.Number ? null : isOther ? 1 - probability : probability;
    }

    private static double? ReadNumber(PSObject item, string name) => ToNumber(RowProperties.FindValue(item, name));

    private static double? ToNumber(object? value) =>
        NumberText.Read(RowProperties.Unwrap(value), null, out double number) == NumberKind.Number ? number : null;

    private static string? TextOf(PSObject item, string name) => RowProperties.FindValue(item, name)?.ToString();
}
