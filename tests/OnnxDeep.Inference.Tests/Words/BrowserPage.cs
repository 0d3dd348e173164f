using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnnxDeep.Tests.Words;

/// <summary>A page in a separate headless Chromium, controlled through the DevTools protocol.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _profile;
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private int _lastId;

    private BrowserPage(TemporaryDirectory profile, Process process)
    {
        _profile = profile;
        _process = process;
    }

    /// <summary>The free bytes of the disk on which the browser stores copies of pages.</summary>
    public long FreeSpace => new DriveInfo(_profile.Path).AvailableFreeSpace;

    /// <summary>Starts the browser with an empty page.</summary>
    public static async Task<BrowserPage> Open(string browser)
    {
        var profile = new TemporaryDirectory();
        var start = new ProcessStartInfo(browser) { RedirectStandardError = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            .. QuietBrowser.Arguments,
            "--headless=new", "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", "about:blank",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var page = new BrowserPage(profile, Process.Start(start)!);
        page._process.BeginErrorReadLine();
        page._process.BeginOutputReadLine();
        await page.Connect();
        return page;
    }

    /// <summary>Navigates to an address, or reloads it.</summary>
    public async Task Navigate(Uri address) =>
        await Send("Page.navigate", new JsonObject { ["url"] = address.ToString() });

    /// <summary>Limits the bytes that an origin may store.</summary>
    public async Task LimitStorage(Uri origin, int bytes) => await Send(
        "Storage.overrideQuotaForOrigin",
        new JsonObject { ["origin"] = origin.GetLeftPart(UriPartial.Authority), ["quotaSize"] = bytes });

    /// <summary>Returns the value of an expression or, if it is a promise, of its result.</summary>
    public async Task<JsonNode?> Evaluate(string expression)
    {
        JsonNode result = await Send("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true,
        });
        return result["exceptionDetails"] is JsonNode error
            ? throw new InvalidOperationException(error.ToJsonString())
            : result["result"]?["value"];
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitFor(string expression)
    {
        // Expressions can fail while a page loads.
        string guarded = $"(() => {{ try {{ return !!({expression}); }} catch {{ return false; }} }})()";
        bool isTrue = await Eventually(async () => (await Evaluate(guarded))!.GetValue<bool>());
        Assert.True(
            isTrue, $"'{expression}' did not become true. The page: {await Evaluate("document.body?.innerText")}");
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _profile.Dispose();
    }

    private static async Task<bool> Eventually(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < s_patience)
        {
            if (await condition())
            {
                return true;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return false;
    }

    // The browser writes its port to the profile.
    private async Task Connect()
    {
        string portFile = _profile.File("DevToolsActivePort");
        Assert.True(
            await Eventually(() => Task.FromResult(File.Exists(portFile) && File.ReadAllLines(portFile).Length > 1)),
            "The browser did not start.");
        using var http = new HttpClient();
        JsonArray targets =
            (await http.GetFromJsonAsync<JsonArray>($"http://127.0.0.1:{File.ReadAllLines(portFile)[0]}/json"))!;
        JsonNode target = targets.First(item => item!["type"]!.GetValue<string>() == "page")!;
        await _socket.ConnectAsync(
            new Uri(target["webSocketDebuggerUrl"]!.GetValue<string>()), TestContext.Current.CancellationToken);
    }

    private async Task<JsonNode> Send(string method, JsonObject parameters)
    {
        int id = ++_lastId;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message),
            WebSocketMessageType.Text,
            endOfMessage: true,
            TestContext.Current.CancellationToken);
        while (true)
        {
            JsonNode answer = await Receive();
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
            }
        }
    }

    private async Task<JsonNode> Receive()
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[8192];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            bytes.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);

        bytes.Position = 0;
        return JsonNode.Parse(bytes)!;
    }
}
