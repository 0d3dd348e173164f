using System.Diagnostics;

namespace OnnxDeep.Tests.Reports;

/// <summary>A headless browser, if this machine has one.</summary>
internal sealed class Chromium
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private readonly string _path;

    private Chromium(string path) => _path = path;

    /// <summary>Finds the browser; the test is skipped if there is none.</summary>
    public static Chromium Find()
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null, "Chromium is not installed.");
        return new Chromium(path!);
    }

    /// <summary>Runs the browser on a page in a separate profile and returns its standard output.</summary>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using var profile = new TemporaryDirectory();
        var start = new ProcessStartInfo(
            _path,
            [
                .. QuietBrowser.Arguments,
                "--headless", "--hide-scrollbars", $"--user-data-dir={profile.Path}", .. arguments,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(token);
        string output = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
