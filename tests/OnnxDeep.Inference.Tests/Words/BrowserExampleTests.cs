using System.Text.Json.Nodes;

using OnnxDeep.Inference.Words;

namespace OnnxDeep.Tests.Words;

/// <summary>The page of examples/browser in a real browser.</summary>
[Trait("Culture", "Any")]
public sealed class BrowserExampleTests
{
    private const string Words = "Salad\nice-cream, «lemon»;LAPTOP\nqwxzv\n";

    [Fact]
    public async Task PageAnswersAsYouTypeAndStillDoesWithoutTheServer()
    {
        string browser = Programs.Chromium();
        Programs.RequirePackage("onnxruntime-web", "examples", "browser");
        using var server = new StaticServer();
        await using BrowserPage page = await BrowserPage.Open(browser);
        var address = new Uri(server.Address, "examples/browser/");

        await page.Navigate(address);
        await AssertAnswers(page);
        await page.WaitFor("document.getElementById('offline').textContent");
        string offline = (await page.Evaluate("document.getElementById('offline').textContent"))!.GetValue<string>();
        Assert.SkipWhen(
            offline.StartsWith("Works online only", StringComparison.Ordinal) && page.FreeSpace < 10L << 30,
            $"The browser stores nothing on a disk with {page.FreeSpace >> 20} MiB of free space.");
        Assert.StartsWith("Works offline", offline);
        await page.WaitFor("navigator.serviceWorker.controller");

        server.Dispose();
        await page.Evaluate("document.body.replaceChildren()");
        await page.Navigate(address);
        await AssertAnswers(page);
    }

    [Fact]
    public async Task PageSaysThatItWorksOnlineOnlyIfTheBrowserCannotStoreIt()
    {
        string browser = Programs.Chromium();
        Programs.RequirePackage("onnxruntime-web", "examples", "browser");
        using var server = new StaticServer();
        await using BrowserPage page = await BrowserPage.Open(browser);

        await page.LimitStorage(server.Address, 1 << 20);
        await page.Navigate(new Uri(server.Address, "examples/browser/"));

        await AssertAnswers(page);
        await page.WaitFor("document.getElementById('offline').textContent.startsWith('Works online only')");
    }

    [Fact]
    public async Task PageFiltersCountsAndGivesCsv()
    {
        string browser = Programs.Chromium();
        Programs.RequirePackage("onnxruntime-web", "examples", "browser");
        using var server = new StaticServer();
        await using BrowserPage page = await BrowserPage.Open(browser);
        await page.Navigate(new Uri(server.Address, "examples/browser/"));
        await Type(page, Words);

        await page.Evaluate("document.querySelector('[data-filter=unknown]').click()");

        Assert.Equal(["qwxzv"], (await ReadRows(page)).Select(row => row.Word));
        JsonNode? counts = await page.Evaluate(
            "['all', 'food', 'other', 'unknown'].map(name => document.getElementById('count-' + name).textContent)");
        Assert.Equal("""["5","3","1","1"]""", counts!.ToJsonString());
        JsonNode? csv = await page.Evaluate(
            """
            import('./classifier.js').then(({ toCsv }) => toCsv([
                { word: 'a "b"', label: 'food', probability: 0.5, isKnown: true },
                { word: 'c', label: 'unknown', probability: NaN, isKnown: false }]))
            """);
        Assert.Equal(
            "\"Word\",\"Label\",\"Probability\",\"IsFood\"\r\n"
            + "\"a \"\"b\"\"\",\"food\",0.5,\"True\"\r\n\"c\",\"unknown\",,\r\n",
            csv!.GetValue<string>());
    }

    [Fact]
    public async Task PageReachesItsOwnOriginOnly()
    {
        string browser = Programs.Chromium();
        Programs.RequirePackage("onnxruntime-web", "examples", "browser");
        using var server = new StaticServer();
        using var other = new LoopbackServer((_, _) => new LoopbackReply(200));
        await using BrowserPage page = await BrowserPage.Open(browser);
        await page.Navigate(new Uri(server.Address, "examples/browser/"));
        await AssertAnswers(page);

        JsonNode? loaded = await page.Evaluate("performance.getEntriesByType('resource').map(entry => entry.name)");
        JsonNode? blocked = await page.Evaluate(
            $$"""
            new Promise(resolve => {
                const directives = [];
                document.addEventListener('securitypolicyviolation', event => {
                    directives.push(event.effectiveDirective);
                    if (directives.length === 3) {
                        resolve(directives.sort());
                    }
                });
                fetch('{{other.File}}').catch(() => {});
                new Image().src = '{{other.File}}';
                import('{{other.File}}').catch(() => {});
            })
            """);

        Assert.Contains(
            loaded!.AsArray(), name => name!.GetValue<string>().EndsWith(".onnx", StringComparison.Ordinal));
        Assert.All(loaded!.AsArray(), name => Assert.StartsWith($"{server.Address}", name!.GetValue<string>()));
        Assert.Equal("""["connect-src","img-src","script-src-elem"]""", blocked!.ToJsonString());
        Assert.Empty(other.Requests);
    }

    private static async Task AssertAnswers(BrowserPage page)
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        await Type(page, Words);

        (string Word, string Probability, string Label)[] rows = await ReadRows(page);

        ClassifiedWord[] expected = classifier.Classify([.. rows.Select(row => row.Word)]);
        Assert.Equal(["Salad", "ice-cream", "«lemon»", "LAPTOP", "qwxzv"], rows.Select(row => row.Word));
        Assert.Equal(expected.Select(prediction => prediction.Label), rows.Select(row => row.Label));
        Assert.Equal(
            expected.Select(prediction => prediction.Scores?["food"] is float probability
                ? (probability * 100).ToString("F1", System.Globalization.CultureInfo.InvariantCulture) + "%"
                : "–"),
            rows.Select(row => row.Probability));
    }

    private static async Task Type(BrowserPage page, string text)
    {
        await page.WaitFor("document.getElementById('status').textContent === 'Ready.'");
        string literal = System.Text.Json.JsonSerializer.Serialize(text);
        await page.Evaluate(
            $"const words = document.getElementById('words'); words.value = {literal}; "
            + "words.dispatchEvent(new Event('input'))");
        await page.WaitFor("document.getElementById('count-all').textContent === '5'");
    }

    private static async Task<(string Word, string Probability, string Label)[]> ReadRows(BrowserPage page)
    {
        JsonNode? rows = await page.Evaluate(
            "[...document.querySelectorAll('#answers tr')]"
            + ".map(row => [...row.cells].map(cell => cell.innerText.trim()))");
        return
        [
            .. rows!.AsArray()
                .Select(row => (row![0]!.GetValue<string>(), row[1]!.GetValue<string>(), row[2]!.GetValue<string>())),
        ];
    }
}
