using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OnnxDeep.Tests.Packages;

/// <summary>The packages of the staged module, as build.ps1 packs them.</summary>
[Trait("Culture", "Any")]
public sealed class PackageTests
{
    private const string Natives = "bin/runtimes/";

    public static TheoryData<string> Platforms => [.. Repository.StagedRuntimes.Where(runtime => runtime != "osx")];

    [Fact]
    public async Task FullPackageIsTheStagedModule()
    {
        string module = Path.GetDirectoryName(Repository.StagedModule)!;

        Assert.Equal(
            Directory.GetFiles(module, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(module, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
            PackageFiles.Names(await ModulePackage.Path));
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task PackageOfAPlatformLeavesOutOnlyTheNativeFilesOfOthers(string platform)
    {
        string package = await ModulePackage.ForPlatformAsync(platform);
        string[] own = platform == "osx-arm64" ? [platform, "osx"] : [platform];

        string[] files = PackageFiles.Names(package);

        Assert.Equal(
            PackageFiles.Names(await ModulePackage.Path).Where(file =>
                !file.StartsWith(Natives, StringComparison.Ordinal)
                || own.Contains(file[Natives.Length..].Split('/')[0])),
            files);
        Notice[] notices = Notice.ReadAll(PackageFiles.Text(package, Notice.FileName));
        Assert.Empty(notices.SelectMany(notice => notice.Files).Except(files));
        Assert.Contains(
            $"runs on {platform} only.", PackageFiles.Text(package, "OnnxDeep.nuspec"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SumsAreThoseOfThePackagesAndTheFilesBesideThem()
    {
        string folder = Path.GetDirectoryName(await ModulePackage.Path)!;
        Dictionary<string, string> sums = ReadSums(Path.Combine(folder, "SHA256SUMS"));
        bool hasPlatforms = await ModulePackage.HasPlatformsAsync();
        string[] folders = [string.Empty, .. hasPlatforms ? Platforms.Select(row => row.Data) : []];

        Assert.Equal(folders.Length * 3, sums.Count);
        Assert.All(folders, name => Assert.Equal(
            [".cdx.json", ".files.sha256", ".nupkg"],
            sums.Keys.Where(file => Path.GetDirectoryName(file) == name)
                .Select(file => file[file.LastIndexOf(".0.", StringComparison.Ordinal)..][2..])
                .Order()));
        Assert.All(sums, sum => Assert.Equal(
            sum.Value, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, sum.Key))))));
    }

    [Fact]
    public async Task PackageOfThisPlatformRunsAndThatOfAnotherNamesIt()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "The packages for Linux and Windows on x64 are tested on Linux.");
        string package = await ModulePackage.ForPlatformAsync("linux-x64");
        using var directory = new TemporaryDirectory();
        string right = directory.File("right/OnnxDeep");
        string wrong = directory.File("wrong/OnnxDeep");
        ZipFile.ExtractToDirectory(package, right);
        ZipFile.ExtractToDirectory(await ModulePackage.ForPlatformAsync("win-x64"), wrong);

        ChildProcess sums = await ChildProcess.Run(
            "sha256sum", ["--check", "--strict", Path.ChangeExtension(package, ".files.sha256")], right);
        string output = await PowerShellProcess.RunAsync(
            Repository.Root,
            null,
            "-Command",
            $$"""
            try { Import-Module {{wrong}} -ErrorAction Stop } catch { $_.FullyQualifiedErrorId; "$_" }
            Import-Module {{right}} -ErrorAction Stop
            (Get-Module OnnxDeep).ModuleBase
            'salad', 'laptop' | Test-FoodWord -Quiet
            """);

        Assert.True(sums.ExitCode == 0, sums.Error);
        Assert.Equal(PackageFiles.Names(package).Length, sums.Output.Trim().Split('\n').Length);
        Assert.Equal(
            [
                "PackageForOtherPlatform,Microsoft.PowerShell.Commands.ImportModuleCommand",
                "This copy of OnnxDeep has native libraries for win-x64, but this PowerShell runs on linux-x64. "
                + "Install the package of OnnxDeep for linux-x64, or the full one, which is for all platforms.",
                right, "True", "False",
            ],
            output.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("win-arm64", false)]
    [InlineData("linux-x64", true)]
    [InlineData("osx-x64", true)]
    [InlineData("freebsd-x64", true)]
    public void ModuleIsForItsPlatformsAndForThoseThatNoPackageIsFor(string platform, bool isFor)
    {
        using var module = new ModuleRunspace();
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.File("runtimes/linux-x64"));
        Assert.SkipWhen(Repository.Flavor == "Gpu" && !isFor, "There is no package for GPUs and this platform.");

        Outcome outcome = module.Invoke(
            "$null -eq [OnnxDeep.Loader.ModulePlatform]::FindMismatch($args[0], $args[1])", directory.Path, platform);

        Assert.Equal(isFor, Assert.Single(outcome.ThrowOnError().Output).BaseObject);
    }

    [Fact]
    public async Task SameFilesGiveTheSamePackagesInAnotherFolderAtAnotherTime()
    {
        using var first = new SampleModule();
        using var second = new SampleModule();
        foreach (string file in Directory.GetFiles(second.File("."), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        await first.PackAsync();
        await second.PackAsync();

        string[] names =
        [
            .. Directory.GetFiles(first.Output, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(first.Output, file)),
        ];
        Assert.Equal(4 * 3 + 1, names.Length);
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(first.Output, name)), File.ReadAllBytes(Path.Combine(second.Output, name))));
    }

    private static Dictionary<string, string> ReadSums(string path) =>
        File.ReadAllLines(path).Select(line => line.Split("  ")).ToDictionary(parts => parts[1], parts => parts[0]);
}
