using System.Text.Json;
using System.Xml.Linq;

namespace OnnxDeep.Tests.Writers;

/// <summary>All writers of the module run at the same time in a process that is killed at a random moment.</summary>
[Trait("Culture", "Any")]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int MostMilliseconds = 1500;

    // They measure time, so their content differs in each run.
    private static readonly string[] s_unique = ["Invoke-OnnxModel", "Measure-OnnxModel"];

    private static readonly string[] s_folders = ["temp", "home", "targets"];

    private readonly TemporaryDirectory _directory = new();

    private string Folder => _directory.Path;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task KilledWriterLeavesTheOldFileOrTheNewOneAndTheNextRunWorksAndRemovesWhatIsLeft()
    {
        int kills = LongRun.Factor;
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        output.WriteLine($"{kills} kills with seed {seed}");
        WriterShell.WriteSources(Folder, kills == 1 ? 300 : 20_000);
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(
            request, File.ReadAllBytes(_directory.File($"sources{request.Target}"))));
        string plugin = PluginLibrary.HasCompiler ? PluginLibrary.Compile(_directory.File("plugin.so")) : string.Empty;
        string[] arguments = [$"{server.Root}", plugin];

        string[] left = [];
        for (int kill = 0; kill < kills; kill++)
        {
            using WriterShell shell = await WriterShell.StartAsync(Folder, "Write-InLoop.ps1", [.. arguments, "-Loop"]);
            Assert.Empty(await shell.ReadToAsync("ready"));

            // A download has the same name in each run.
            Assert.DoesNotContain(
                left, path => Path.Exists(path) && File.GetLastWriteTimeUtc(path) < DateTime.UtcNow.AddHours(-24));
            await Task.Delay(random.Next(MostMilliseconds), TestContext.Current.CancellationToken);
            await shell.KillAsync();
            Assert.Empty(await shell.ReadToAsync(string.Empty));

            Assert.All(Directory.GetDirectories(_directory.File("versions")), CheckFile);
            left = AgeLeftovers();
            output.WriteLine($"{left.Length} left: {string.Join(", ", left.Select(Path.GetFileName))}");
        }

        using WriterShell last = await WriterShell.StartAsync(Folder, "Write-InLoop.ps1", arguments);
        Assert.Empty(await last.ReadToAsync("ready"));
        await last.FinishAsync();
        Assert.Empty(FindLeftovers());
    }

    [Fact]
    public void EachCmdletThatCanPreviewWhatItWritesIsAWriterHere()
    {
        string script = Path.Combine(Repository.Root, "tests", "OnnxDeep.PowerShell.Tests", "Writers", "Writers.ps1");
        using var module = new ModuleRunspace();
        IEnumerable<string> writers = Read($". '{script}' . server plugin; @($writers.Keys) + @($replacing.Keys)")
            .Select(name => name.Split(',')[0]).Distinct();
        IEnumerable<string> cmdlets =
            Read("(Get-Command -Module OnnxDeep | Where-Object { $_.Parameters.ContainsKey('WhatIf') }).Name");

        // These delete a file, or change the one that Register-OnnxExecutionProvider writes.
        Assert.Equal(
            cmdlets.Except(["Remove-WordVectorTable", "Unregister-OnnxExecutionProvider"]).Order(), writers.Order());

        IEnumerable<string> Read(string command) =>
            module.Invoke(command).ThrowOnError().Output.Select(item => item.ToString());
    }

    private static void CheckFile(string versions)
    {
        string target = File.ReadAllText(Path.Combine(versions, "path")).Trim();
        string writer = Path.GetFileName(versions);
        if (s_unique.Contains(writer))
        {
            CheckSyntax(target);
            return;
        }

        foreach (string name in Directory.GetFiles(Path.Combine(versions, "0")).Select(path => Path.GetFileName(path)))
        {
            byte[] content = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(target)!, name));
            Assert.True(
                IsVersion("0") || IsVersion("1"),
                $"{writer} left {name} with {content.Length} bytes, which is neither of its versions.");

            bool IsVersion(string version) =>
                content.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(versions, version, name)));
        }
    }

    private static void CheckSyntax(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (path.EndsWith("json", StringComparison.Ordinal))
        {
            using var document = JsonDocument.Parse(stream);
        }
        else
        {
            Assert.NotNull(XDocument.Load(stream).Root);
        }
    }

    // Unfinished files are removed when they are a day old.
    private string[] AgeLeftovers()
    {
        DateTime old = DateTime.UtcNow.AddHours(-25);
        string[] left = FindLeftovers();
        foreach (string path in left.SelectMany(
            path => Directory.Exists(path) ? Directory.GetFileSystemEntries(path).Append(path) : [path]))
        {
            File.SetLastWriteTimeUtc(path, old);
        }

        return left;
    }

    private string[] FindLeftovers()
    {
        string downloads = _directory.File("home/downloads");
        return
        [
            .. Directory.GetDirectories(_directory.File("temp"), "onnxdeep-*"),
            .. s_folders.Select(_directory.File).Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories)),
            .. Directory.Exists(downloads) ? Directory.GetFiles(downloads) : [],
        ];
    }
}
