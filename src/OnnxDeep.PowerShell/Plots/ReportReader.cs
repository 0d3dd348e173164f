using System.Management.Automation;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.Plots.Reports;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Reads what a report shows from a training's result, by the names of its properties.</summary>
internal static class ReportReader
{
    /// <summary>The report of a result.</summary>
    /// <exception cref="OnnxDeepException">Its history or its matrix is none.</exception>
    public static TrainingReport Read(PSObject result)
    {
        string? model = PropertyReader.ToText(PropertyReader.Find(result, "Model"));
        return new TrainingReport
        {
            Title = model is null ? "Training report" : $"Training report: {Path.GetFileNameWithoutExtension(model)}",
            Model = model,
            Summary = PropertyReader.ToText(PropertyReader.Find(result, "Summary")),
            Report = PropertyReader.ToText(PropertyReader.Find(result, "Report")),
            Command = PropertyReader.ToText(PropertyReader.Find(result, "Command")),
            History = ReadHistory(result),
            Confusion = ConfusionReader.Find(result, null),
            Mistakes = PropertyReader.Find(result, "Mistakes") is object mistakes
                ? [.. PropertyReader.Enumerate(mistakes).Select(ReadMistake)]
                : null,
            Skipped = PropertyReader.Find(result, "Skipped") is object skipped
                ? [.. PropertyReader.Enumerate(skipped).Select(word => TextOf(word, "Word") ?? word.ToString())]
                : [],
        };
    }

    private static LossPlot? ReadHistory(PSObject result)
    {
        if (PropertyReader.Find(result, "History") is not object history)
        {
            return null;
        }

        var reader = new HistoryReader();
        foreach (PSObject part in PropertyReader.Enumerate(history))
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
            probability = PropertyReader.ToNumber(PropertyReader.Find(mistake, "Probability"));
        }
        catch (FormatException)
        {
            // A page without one number says more than no page.
            probability = null;
        }

        return new ReportMistake(
            TextOf(mistake, "Word") ?? mistake.ToString(),
            TextOf(mistake, "Truth") ?? string.Empty,
            TextOf(mistake, "Label") ?? string.Empty,
            probability);
    }

    private static string? TextOf(PSObject item, string name) => PropertyReader.Find(item, name)?.ToString();
}
