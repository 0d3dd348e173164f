using System.Diagnostics;
using System.Text.Json;

namespace OnnxDeep.Tests.Words;

/// <summary>
/// Runs the scripts of tests/node, which read and write JSON, and checks that they leave nothing in the home folder.
/// </summary>
internal static class NodeScript
{
    public static async Task<JsonDocument> Run(string script, object input, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Programs.Node(), [Path.Combine(Repository.Root, "tests", "node", script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
        };

        // The runtime would leave what it reports in the home folder, except in continuous integration.
        using var home = new TemporaryDirectory();
        start.Environment["HOME"] = home.Path;
        start.Environment.Remove("CI");
        start.Environment.Remove("GITHUB_ACTIONS");

        // The system may specify a locale that does not exist, and models must still load.
        start.Environment["LC_ALL"] = "xx_XX.UTF-8";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> reading = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(input));
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        Assert.Empty(Directory.GetFileSystemEntries(home.Path));
        return JsonDocument.Parse(await reading);
    }
}
