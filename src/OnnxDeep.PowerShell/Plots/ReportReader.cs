using System.Management.Automation;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.Plots.Reports;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Reads the content of a report from the properties of a training result.</summary>
internal static class ReportReader
{
    /// <summary>Creates the report of a result.</summary>
    /// <exception cref="OnnxDeepException">The result's history or matrix is invalid.</exception>
    public static TrainingReport Read(PSObject result)
    {
        string? model = RowProperties.ToLines(RowProperties.FindValue(result, "Model"));
        return new TrainingReport
        {
            Title = model is null ? "Training report" : $"Training report: {Path.GetFileNameWithoutExtension(model)}",
            Model = model,
            Summary = RowProperties.ToLines(RowProperties.FindValue(result, "Summary")),
            Report = RowProperties.ToLines(RowProperties.FindValue(result, "Report")),
            Command = RowProperties.ToLines(RowProperties.FindValue(result, "Command")),
            History = ReadHistory(result),
            Confusion = ConfusionReader.Find(result, null),
            Mistakes = RowProperties.FindValue(result, "Mistakes") is object mistakes
                ? [.. RowProperties.Enumerate(mistakes).Select(ReadMistake)]
                : null,
            Skipped = RowProperties.FindValue(result, "Skipped") is object skipped
                ? [.. RowProperties.Enumerate(skipped).Select(word => TextOf(word, "Word") ?? word.ToString())]
                : [],
        };
    }

    private static LossPlot? ReadHistory(PSObject result)
    {
        if (RowProperties.FindValue(result, "History") is not object history)
        {
            return null;
        }

        var reader = new HistoryReader();
        foreach (PSObject part in RowProperties.Enumerate(history))
        {
            reader.Add(part);
        }

        return reader.Build();
    }

    private static ReportMistake ReadMistake(PSObject mistake)
    {
        double? probability;
        try
        {
            probability = RowProperties.ParseNumber(RowProperties.FindValue(mistake, "Probability"));
        }
        catch (FormatException)
        {
            // A page without this number is more useful than no page.
            probability = null;
        }

        return new ReportMistake(
            TextOf(mistake, "Word") ?? mistake.ToString(),
            TextOf(mistake, "Truth") ?? string.Empty,
            TextOf(mistake, "Label") ?? string.Empty,
            probability);
    }

    private static string? TextOf(PSObject item, string name) => RowProperties.FindValue(item, name)?.ToString();
}
