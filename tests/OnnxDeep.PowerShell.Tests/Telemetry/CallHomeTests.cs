namespace OnnxDeep.Tests.Telemetry;

/// <summary>No command reports anything to anyone, or leaves files where it should not.</summary>
[Trait("Culture", "Any")]
public sealed class CallHomeTests
{
    // The only cmdlet whose work is a download.
    private const string Downloader = "Save-WordVector";

    private const string ReportFolder = "~/.cache/Microsoft/DeveloperTools";

    private const string Classify = "Import-Module $env:TESTED_MODULE; (Test-FoodWord salad).Label";

    private static readonly Dictionary<string, string?> s_none = [];

    private static string Script =>
        Path.Combine(Repository.Root, "tests", "OnnxDeep.PowerShell.Tests", "Telemetry", "Use-EveryCmdlet.ps1");

    [Fact]
    public async Task NoCmdletLooksUpANameOrContactsAHostOrWritesElsewhere()
    {
        using var directory = new TemporaryDirectory();
        SystemCallRecording bare = await SystemCallRecording.RunAsync(directory.Path, s_none, "-Command", "1");
        string plugin = PluginLibrary.Compile(directory.File("plugin.so"));
        string location = Directory.CreateDirectory(directory.File("work")).FullName;

        // The variable of the runtime does not ask for reports by itself.
        SystemCallRecording used = await SystemCallRecording.RunAsync(
            location,
            new Dictionary<string, string?> { ["ORT_DISABLE_TELEMETRY"] = "0" },
            "-File", Script, Repository.StagedModule, TestData.Find(), plugin);

        Assert.Equal(GetExportedCmdlets(), Lines(used.Output).Order(StringComparer.Ordinal));
        Assert.Empty(used.Addresses);
        Assert.Empty(used.ResolverFiles.Except(bare.ResolverFiles));
        Assert.Empty(used.LocalSockets.Except(bare.LocalSockets));
        Assert.DoesNotContain(used.Written.Except(bare.Written), path => !IsOwn(path, location));
        Assert.Contains("~/.local/share/OnnxDeep/settings.json", used.Written);
    }

    [Fact]
    public async Task SwitchTurnsTheReportsOnAndTheRecordingShowsThem()
    {
        SystemCallRecording recording = await ClassifyWithSwitchAsync(Classify);

        Assert.Contains($"{ReportFolder}/.onnxruntime/onnxruntime.db", recording.Written);
        Assert.Contains($"{ReportFolder}/.onnxruntime/deviceid", recording.Written);
    }

    [Fact]
    public async Task OptOutOfTheRuntimeHoldsEvenIfTheSwitchIsOn()
    {
        SystemCallRecording recording =
            await ClassifyWithSwitchAsync("$env:ORT_DISABLE_TELEMETRY = 1; " + Classify);

        Assert.DoesNotContain(recording.Written, path => path.StartsWith(ReportFolder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RecordingShowsLookUpsAndConnections()
    {
        const string Command = """
            try { [Net.Dns]::GetHostAddresses('onnxdeep.invalid') } catch { 'unknown' }
            try { [Net.Sockets.TcpClient]::new('192.0.2.1', 443) } catch { 'unreachable' }
            """;

        SystemCallRecording recording =
            await SystemCallRecording.RunAsync(Repository.Root, s_none, "-Command", Command);

        Assert.Equal(["unknown", "unreachable"], Lines(recording.Output));
        Assert.Contains("/etc/hosts", recording.ResolverFiles);
        Assert.Contains(recording.Addresses, address => address.EndsWith(":53", StringComparison.Ordinal));
        Assert.Contains("192.0.2.1:443", recording.Addresses);
    }

    private static async Task<SystemCallRecording> ClassifyWithSwitchAsync(string command)
    {
        SystemCallRecording recording = await SystemCallRecording.RunAsync(
            Repository.Root,
            new Dictionary<string, string?>
            {
                ["ONNXDEEP_TELEMETRY"] = "1", ["TESTED_MODULE"] = Repository.StagedModule,
            },
            "-Command", command);
        Assert.Equal(["food"], Lines(recording.Output));
        return recording;
    }

    private static IEnumerable<string> GetExportedCmdlets()
    {
        using var module = new ModuleRunspace();
        Outcome outcome = module.Invoke("(Get-Module OnnxDeep).ExportedCmdlets.Keys").ThrowOnError();
        return outcome.Output.Select(item => item.ToString()).Where(name => name != Downloader)
            .Order(StringComparer.Ordinal);
    }

    // The files that the commands were asked for, the folder of tables and settings, temporary files of conversions,
    // the counters of the process itself, and PowerShell's own cache of modules, which it writes after some seconds.
    private static bool IsOwn(string path, string location)
    {
        string[] folders =
        [
            System.Text.RegularExpressions.Regex.Replace(location, @"\d+", "#") + "/",
            "~/.local/share/OnnxDeep",
            Path.Combine(Path.GetTempPath(), "onnxdeep-"),
            "/proc/self/",
            "~/.cache/powershell/ModuleAnalysisCache-",
        ];
        return Array.Exists(folders, folder => path.StartsWith(folder, StringComparison.Ordinal));
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
