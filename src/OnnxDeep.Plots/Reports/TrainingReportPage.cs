using System.Globalization;
using System.Net;
using System.Text;
using OnnxDeep.Plots.Pictures;

namespace OnnxDeep.Plots.Reports;

/// <summary>
/// Writes a page about a training as a single file: styles and pictures are embedded, nothing is downloaded and no
/// script runs. It follows the reader's preference for light or dark.
/// </summary>
public static class TrainingReportPage
{
    private const string StyleResource = "OnnxDeep.Plots.TrainingReport.css";

    // With this policy, a browser downloads nothing, whatever a word or label contains.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

    private static readonly PlotOptions s_curves = new() { Height = 560, Title = string.Empty };
    private static readonly PlotOptions s_matrix = new() { Width = 800, Height = 520, Title = string.Empty };

    /// <summary>Returns the page as UTF-8.</summary>
    /// <param name="report">The content.</param>
    /// <exception cref="OnnxDeepException">The report is empty.</exception>
    public static byte[] Write(TrainingReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.IsEmpty)
        {
            throw new OnnxDeepException(
                ErrorIds.ReportEmpty,
                "There is nothing to report: the object has none of the properties Summary, History, Confusion, "
                + "Report, CrossValidation, Residuals, Mistakes, Skipped and Command. Use the result of a training.");
        }

        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(report.Title)}</title>
            <style>
            {ReadStyle()}</style>
            </head>
            <body>
            <h1>{Encode(report.Title)}</h1>

            """);
        WriteHead(page, report);
        WriteText(page, "Command", report.Command);
        WriteText(page, report.IsTable ? "Features" : "Word vectors", JoinFeatures(report));
        WriteText(page, "Network", report.Summary);
        WritePicture(page, "Curves", report.History, s_curves, DescribeCurves(report));
        WriteText(page, "Test report", report.Report);
        WritePicture(
            page, "Confusion matrix", report.Confusion, s_matrix, "How often each true class received each prediction");
        WritePicture(
            page,
            "Reliability",
            report.Reliability,
            s_curves,
            "The share of hits at each probability, beside the diagonal of a calibrated model");
        WritePicture(
            page,
            "Residuals",
            report.Residuals,
            s_curves,
            "The residuals over the predictions, and the true values over the predictions");
        WriteCrossValidation(page, report.CrossValidation);
        WriteMistakes(page, report);
        WriteSkipped(page, report);
        page.Append("<footer>Created with OnnxDeep.</footer>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void WriteHead(StringBuilder page, TrainingReport report)
    {
        if (report.Model is string model)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"faint\">{Encode(model)}</p>\n");
        }

        string examples = Examples(report);
        var facts = new List<(string Name, string Value)>();
        if (report.Confusion is ConfusionPlot confusion)
        {
            facts.Add(("Test accuracy", Percent(confusion.Accuracy)));
            facts.Add(($"Test {examples}", Count(confusion.Total)));
        }

        if (report.Residuals is { Measure: { } test })
        {
            facts.Add(("R²", test.R2?.ToString("F4", CultureInfo.InvariantCulture) ?? "undefined"));
            facts.Add(("Mean absolute error", test.MAE.ToString("G6", CultureInfo.InvariantCulture)));
            facts.Add(("Root mean squared error", test.RMSE.ToString("G6", CultureInfo.InvariantCulture)));
            facts.Add(($"Test {examples}", Count(test.Rows)));
        }

        if (report.TrainRows is int rows)
        {
            facts.Add(($"Training {examples}", Count(rows)));
            if (report.Confusion is null)
            {
                facts.Add(("Test", "none"));
            }
        }

        if (report.Threshold is double threshold)
        {
            facts.Add(("Threshold", threshold.ToString("0.###", CultureInfo.InvariantCulture)));
        }

        if (report.CrossValidation is { } validation)
        {
            facts.Add((
                $"{validation.Measure} in {Count(validation.Accuracies.Count)} folds",
                $"{validation.Format(validation.Mean)} ± {validation.Format(validation.StandardDeviation)}"));
        }

        if (report.Reliability is { } reliability)
        {
            string before = reliability.Before is null
                ? string.Empty
                : $", {Percent(reliability.Before.ExpectedCalibrationError)} before";
            facts.Add(("Calibration error", Percent(reliability.Curve.ExpectedCalibrationError) + before));
        }

        if (report.History is LossPlot history)
        {
            facts.Add(("Epochs", Count(history.Points.Count)));
            facts.Add(("Final loss", history.Points[^1].Loss.ToString("0.####", CultureInfo.InvariantCulture)));
        }

        if (report.Mistakes is { } mistakes)
        {
            facts.Add(("Mistakes", Count(mistakes.Count)));
        }

        if (facts.Count > 0)
        {
            page.Append("<dl>\n")
                .AppendJoin('\n', facts.Select(fact => $"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))
                .Append("\n</dl>\n");
        }
    }

    private static void WriteText(StringBuilder page, string heading, string? text)
    {
        if (text is not null)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<h2>{heading}</h2>\n<pre tabindex=\"0\" role=\"region\" aria-label=\"{heading}\">"
                + $"<code>{Encode(text.TrimEnd())}</code></pre>\n");
        }
    }

    private static void WritePicture(
        StringBuilder page, string heading, PlotData? data, PlotOptions options, string description)
    {
        if (data is null)
        {
            return;
        }

        string light = ToAddress(data, options with { Theme = PlotTheme.Light });
        string dark = ToAddress(data, options with { Theme = PlotTheme.Dark });
        page.Append(CultureInfo.InvariantCulture, $"""
            <h2>{heading}</h2>
            <picture>
            <source media="(prefers-color-scheme: dark)" srcset="{dark}">
            <img width="{options.Width}" height="{options.Height}" alt="{description}" src="{light}">
            </picture>

            """);
    }

    // Embedded as a separate image, so that the ids of two SVGs cannot clash.
    private static string ToAddress(PlotData data, PlotOptions options) =>
        "data:image/svg+xml;base64,"
        + Convert.ToBase64String(PlotRenderer.Render(data, options, PlotFormat.Svg).Content.Span);

    private static string DescribeCurves(TrainingReport report) =>
        report.History?.HasAccuracy == false ? "Loss by epoch" : "Loss and accuracy by epoch";

    private static string Examples(TrainingReport report) => report.IsTable ? "rows" : "words";

    private static string? JoinFeatures(TrainingReport report) =>
        report.Features.Count == 0 ? null : string.Join(", ", report.Features);

    private static void WriteCrossValidation(StringBuilder page, ReportValidation? validation)
    {
        if (validation is null)
        {
            return;
        }

        page.Append(
            CultureInfo.InvariantCulture,
            $"<h2>Cross-validation</h2>\n"
            + $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Cross-validation\"><table>\n"
            + $"<thead><tr><th scope=\"col\">Fold</th><th scope=\"col\" class=\"number\">{validation.Measure}</th></tr>"
            + $"</thead>\n<tbody>\n");
        (string Name, double Value)[] rows =
        [
            .. validation.Accuracies.Select((value, fold) => (Count(fold + 1), value)),
            ("Mean", validation.Mean),
            ("Standard deviation", validation.StandardDeviation),
            ("Smallest", validation.Accuracies.Min()),
            ("Largest", validation.Accuracies.Max()),
        ];
        foreach ((string name, double value) in rows)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{name}</td><td class=\"number\">{validation.Format(value)}</td></tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }

    private static void WriteMistakes(StringBuilder page, TrainingReport report)
    {
        if (report.Mistakes is not { } mistakes)
        {
            return;
        }

        string heading = $"Misclassified {Examples(report)}";
        page.Append(CultureInfo.InvariantCulture, $"<h2>{heading}</h2>\n");
        if (mistakes.Count == 0)
        {
            page.Append("<p>None.</p>\n");
            return;
        }

        page.Append(
            CultureInfo.InvariantCulture,
            $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{heading}\"><table>\n"
            + $"<thead><tr><th scope=\"col\">{(report.IsTable ? "Row" : "Word")}</th>"
            + $"<th scope=\"col\">True class</th><th scope=\"col\">Prediction</th>"
            + $"<th scope=\"col\" class=\"number\">Probability</th></tr></thead>\n<tbody>\n");
        foreach (ReportMistake mistake in mistakes)
        {
            string probability = mistake.Probability?.ToString("0.000", CultureInfo.InvariantCulture) ?? string.Empty;
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Encode(mistake.Word)}</td><td>{Encode(mistake.Truth)}</td><td>{Encode(mistake.Label)}</td>"
                + $"<td class=\"number\">{probability}</td></tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }

    private static void WriteSkipped(StringBuilder page, TrainingReport report)
    {
        if (report.Skipped is { Count: > 0 } skipped)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                <h2>Skipped {Examples(report)}</h2>
                <p class="faint">Not used in the training: {Count(skipped.Count)}.</p>
                <p>{Encode(string.Join(", ", skipped))}</p>

                """);
        }
    }

    private static string ReadStyle()
    {
        using var reader = new StreamReader(
            typeof(TrainingReportPage).Assembly.GetManifestResourceStream(StyleResource)!);
        return reader.ReadToEnd();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(ShownText.Lines(text));

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
