namespace OnnxDeep.Tests.NastyValues;

/// <summary>The output of each cmdlet as CSV.</summary>
public sealed class CsvTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    [Trait("Culture", "Any")]
    public async Task NoCellOfAnyOutputHasATypeInsteadOfData()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, "salad 1 2\n"u8.ToArray()));
        var environment = new Dictionary<string, string?> { ["ONNXDEEP_HOME"] = _directory.File("home") };

        string output = await PowerShellProcess.RunAsync(
            Repository.Root,
            environment,
            "-File",
            Path.Combine(Repository.Root, "tests/OnnxDeep.PowerShell.Tests/NastyValues/Export-EveryOutput.ps1"),
            "-Module",
            Repository.StagedModule,
            "-Data",
            TestData.Find(),
            "-Folder",
            Directory.CreateDirectory(_directory.File("work")).FullName,
            "-Uri",
            $"{server.File}");

        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.DoesNotContain(lines, line => line.Contains(": ", StringComparison.Ordinal));
        int cmdlets = Directory.GetFiles(Path.Combine(Repository.Root, "module", "docs", "en-US"), "*-*.md").Length;
        Assert.Equal(cmdlets, lines.Length);
        Assert.True(lines.Count(line => !line.EndsWith(" 0", StringComparison.Ordinal)) > 20, output);
    }
}
