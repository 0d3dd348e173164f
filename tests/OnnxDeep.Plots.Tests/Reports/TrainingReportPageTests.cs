using System.Text;
using System.Text.RegularExpressions;
using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.Plots.Reports;

using SkiaSharp;

namespace OnnxDeep.Tests.Reports;

public sealed partial class TrainingReportPageTests
{
    private static readonly TrainingReport s_report = new()
    {
        Title = "Food & <drink>",
        Model = "/models/food.onnx",
        Summary = "dense    [300, 5]\ndense_1  [5, 1]",
        Report = "  precision    recall",
        Command = "New-WordClassifier -Positive 'a' | Out-File \"<x>\"",
        History = Samples.Loss(),
        Confusion = Samples.Confusion(),
        Mistakes = [new ReportMistake("<script>alert(1)</script>", "food", "not food", 0.25)],
        Skipped = ["qwxzv", "<b>"],
    };

    [Fact]
    public void RegressorsHaveFiguresResidualsAndR2OfTheirFolds()
    {
        string page = Write(new TrainingReport
        {
            IsTable = true,
            History = LossPlot.From([new EpochPoint(1, 0.5), new EpochPoint(2, 0.25)]),
            Residuals = ResidualPlot.Create([1, 2, 1.5, 3.5], [1, 2, 3, 3]),
            CrossValidation = new ReportValidation([0.5, 0.75], 0.625, 0.125) { IsR2 = true },
        });

        foreach (string text in (string[])[
            "<dt>R²</dt><dd>0.0909</dd>", "<dt>Mean absolute error</dt><dd>0.5</dd>",
            "<dt>Root mean squared error</dt><dd>0.790569</dd>", "<dt>Test rows</dt><dd>4</dd>",
            "<dt>R² in 2 folds</dt><dd>0.6250 ± 0.1250</dd>", "<h2>Residuals</h2>", "alt=\"Loss by epoch\""])
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("ccuracy", page, StringComparison.Ordinal);
    }

    [Fact]
    public void EverythingIsThereAndEncoded()
    {
        string page = Write(s_report);

        foreach (string text in new[]
        {
            "<h1>Food &amp; &lt;drink&gt;</h1>", "/models/food.onnx", "dense    [300, 5]", "  precision    recall",
            "New-WordClassifier -Positive &#39;a&#39; | Out-File &quot;&lt;x&gt;&quot;",
            "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td><td>food</td><td>not food</td>"
            + "<td class=\"number\">0.250</td>",
            "qwxzv, &lt;b&gt;", "<dd>90.0%</dd>",
        })
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(true, "rows", "Row", "Features")]
    [InlineData(false, "words", "Word", "Word vectors")]
    public void PageSpeaksOfWhatTheExamplesAre(bool isTable, string examples, string column, string features)
    {
        string page = Write(s_report with { IsTable = isTable, Features = ["size", "<age>"], TrainRows = 1200 });

        foreach (string text in new[]
        {
            $"<dt>Test {examples}</dt>", $"<dt>Training {examples}</dt><dd>1,200</dd>",
            $"<h2>Misclassified {examples}</h2>", $"<th scope=\"col\">{column}</th>", $"<h2>Skipped {examples}</h2>",
            $"<h2>{features}</h2>", "size, &lt;age&gt;",
        })
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(isTable ? "words" : "rows", page, StringComparison.Ordinal);
    }

    [Fact]
    public void FoldsOfACrossValidationAreListed()
    {
        string page = Write(s_report with { CrossValidation = new ReportValidation([0.5, 0.75], 0.625, 0.125) });

        Assert.Contains("<dt>Accuracy in 2 folds</dt><dd>62.5% ± 12.5%</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>2</td><td class=\"number\">75.0%</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>Mean</td><td class=\"number\">62.5%</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>Smallest</td><td class=\"number\">50.0%</td></tr>", page, StringComparison.Ordinal);
        Assert.Contains("<tr><td>Largest</td><td class=\"number\">75.0%</td></tr>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingWithoutATestSaysSoAndAThresholdIsAFact()
    {
        string page = Write(s_report with { Confusion = null, TrainRows = 30, Threshold = 0.2625 });

        Assert.Contains("<dt>Test</dt><dd>none</dd>", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Threshold</dt><dd>0.263</dd>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<dt>Threshold</dt>", Write(s_report), StringComparison.Ordinal);
        Assert.DoesNotContain("<dt>Test</dt>", Write(s_report with { TrainRows = 30 }), StringComparison.Ordinal);
    }

    [Fact]
    public void ReliabilityIsDrawnAndItsErrorIsAFact()
    {
        string page = Write(s_report with { Reliability = Samples.Reliability() });

        Assert.Contains("<h2>Reliability</h2>", page, StringComparison.Ordinal);
        Assert.Matches("<dt>Calibration error</dt><dd>[0-9.]+%, [0-9.]+% before</dd>", page);
        Assert.DoesNotContain("<h2>Reliability</h2>", Write(s_report), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsFetched()
    {
        string page = Write(s_report);

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.Equal(4, Address().Count(page));
        Assert.All(
            Address().Matches(page),
            match => Assert.StartsWith("data:image/svg+xml;base64,", match.Groups[1].Value, StringComparison.Ordinal));
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void PartsThatAreMissingAreLeftOut()
    {
        string page = Write(new TrainingReport { Summary = "dense", Mistakes = [] });

        Assert.Contains("<p>None.</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<h2>Command", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Skipped words", page, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyReportIsAnError() => Assert.Equal(
        ErrorIds.ReportEmpty,
        Assert.Throws<OnnxDeepException>(() => TrainingReportPage.Write(new TrainingReport())).ErrorId);

    [Fact]
    public async Task ChromiumShowsThePageInBothThemes()
    {
        var chromium = Chromium.Find();
        using var directory = new TemporaryDirectory();
        string page = directory.Write("report.html", TrainingReportPage.Write(s_report));
        foreach (PlotTheme theme in new[] { PlotTheme.Light, PlotTheme.Dark })
        {
            string[] dark = theme == PlotTheme.Dark ? ["--blink-settings=preferredColorScheme=0"] : [];
            string picture = directory.File($"{theme}.png");

            string dom = await chromium.RunAsync([.. dark, "--dump-dom", page]);
            await chromium.RunAsync([.. dark, "--window-size=1000,2400", $"--screenshot={picture}", page]);

            Assert.Contains("Misclassified words", dom, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", dom, StringComparison.Ordinal);
            AssertShows(theme, await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken));
        }
    }

    private static void AssertShows(PlotTheme theme, byte[] picture)
    {
        var pixels = new Pixels(picture);
        SKColor ground = Palette.Of(theme).Ground;
        Assert.True(pixels.Corner == ground, $"{theme}: the background is {pixels.Corner}.");
        Assert.InRange(pixels.Share(ground), 0.4, 0.95);

        // The pictures are drawn as well, in the theme's own colours.
        Assert.True(pixels.Share(Palette.Of(theme).SeriesColor(0)) > 0.0002, $"{theme}: there is no training curve.");
    }

    private static string Write(TrainingReport report) => Encoding.UTF8.GetString(TrainingReportPage.Write(report));

    [GeneratedRegex("(?:src|srcset|href)=\"([^\"]*)\"")]
    private static partial Regex Address();
}
