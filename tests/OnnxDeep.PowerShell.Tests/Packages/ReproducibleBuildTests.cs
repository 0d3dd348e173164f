using System.Reflection.PortableExecutable;
using System.Text;

namespace OnnxDeep.Tests.Packages;

/// <summary>The module's own assemblies do not depend on the folder, the machine or the time of the build.</summary>
[Trait("Culture", "Any")]
public sealed class ReproducibleBuildTests
{
    private static readonly string s_binaries = Path.Combine(Path.GetDirectoryName(Repository.StagedModule)!, "bin");

    private static string[] Assemblies => Directory.GetFiles(s_binaries, "OnnxDeep*.dll");

    [Fact]
    public void AssembliesAreDeterministicAndNameNoFolderOfThisMachine()
    {
        Assert.SkipUnless(Repository.Configuration == "release", "Debug builds have the paths of sources.");
        string[] folders =
        [
            Path.TrimEndingDirectorySeparator(Repository.Root),
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        ];

        Assert.Equal(8, Assemblies.Length);
        Assert.All(Assemblies, assembly =>
        {
            byte[] content = File.ReadAllBytes(assembly);
            Assert.All(folders, folder => Assert.All(
                [Encoding.UTF8.GetBytes(folder + Path.DirectorySeparatorChar), Encoding.Unicode.GetBytes(folder)],
                bytes => Assert.Equal(-1, content.AsSpan().IndexOf(bytes))));
            using var file = new PEReader(new MemoryStream(content));
            DebugDirectoryEntry[] entries = [.. file.ReadDebugDirectory()];
            Assert.Contains(entries, entry => entry.Type == DebugDirectoryEntryType.Reproducible);
            DebugDirectoryEntry symbols = entries.Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);
            Assert.StartsWith("/_/", file.ReadCodeViewDebugDirectoryData(symbols).Path, StringComparison.Ordinal);
        });
    }

    // The loader takes two seconds; ONNXDEEP_LONG builds all of the module.
    [Fact]
    public async Task SourcesInAnotherFolderGiveTheSameBytes()
    {
        Assert.SkipUnless(Repository.Configuration == "release", "Debug builds have the paths of sources.");
        bool isLong = Environment.GetEnvironmentVariable("ONNXDEEP_LONG") is { Length: > 0 };
        using var directory = new TemporaryDirectory();
        string root = Directory.CreateDirectory(directory.File("another, folder")).FullName;
        string[] wanted = isLong ? ["src", "module", "models"] : ["src/OnnxDeep.Loader", "module"];
        foreach (string file in Directory.GetFiles(Repository.Root).Concat(wanted.SelectMany(Sources)))
        {
            string copy = Path.Combine(root, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string project = isLong ? "OnnxDeep.PowerShell" : "OnnxDeep.Loader";
        ChildProcess build = await ChildProcess.Run(
            "dotnet",
            [
                "build", Path.Combine(root, "src", project), "-c", "Release",
                "-v", "quiet", "--nologo", "-nodeReuse:false",
                "-p:RunAnalyzers=false", $"-p:OnnxRuntimeFlavor={Repository.Flavor}",
            ]);

        Assert.True(build.ExitCode == 0, build.Output);
        string binaries = Path.Combine(root, Path.GetRelativePath(Repository.Root, Repository.Artifacts), "bin");
        Assert.All(
            Assemblies.Where(file => isLong || Path.GetFileNameWithoutExtension(file) == project),
            file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Built(file))));

        string Built(string assembly) => Path.Combine(
            binaries, Path.GetFileNameWithoutExtension(assembly), "release", Path.GetFileName(assembly));
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories);
}
