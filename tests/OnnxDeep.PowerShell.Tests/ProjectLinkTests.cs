using System.Text.RegularExpressions;

namespace OnnxDeep.Tests;

/// <summary>The links that the build property ProjectUrl creates; the property is empty.</summary>
public sealed partial class ProjectLinkTests
{
    private const string Address = "https://example.invalid/onnxdeep";

    [Fact]
    public void ModuleHasNoLinksWithoutAnAddress()
    {
        using var module = new ModuleRunspace();

        Outcome outcome = module.Invoke(
            """
            (Get-Command -Module OnnxDeep -CommandType Cmdlet).HelpUri | Where-Object { $_ }
            (Test-ModuleManifest $args[0]).ProjectUri
            """,
            Repository.StagedModule).ThrowOnError();

        Assert.Null(Assert.Single(outcome.Output));
    }

    [Fact]
    public async Task BuildPropertyIsTheSourceOfAllLinks()
    {
        using var directory = new TemporaryDirectory();
        string folder = directory.Path + Path.DirectorySeparatorChar;
        string project = Path.Combine(Repository.Root, "src", "OnnxDeep.PowerShell", "OnnxDeep.PowerShell.csproj");

        ChildProcess build = await ChildProcess.Run(
            "dotnet",
            [
                "msbuild",
                project,
                "-nologo",
                "-target:WriteHelpUris;WriteProjectUri",
                "-getProperty:RepositoryUrl,PackageProjectUrl",
                $"-property:ProjectUrl={Address};IntermediateOutputPath={folder};StagedModuleDirectory={folder}",
            ]);

        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        Assert.Equal(2, build.Output.Split($"\"{Address}\"").Length - 1);
        Assert.Equal(
            Directory.GetFiles(Path.Combine(Repository.Root, "module", "docs", "en-US"), "*-*.md")
                .Select(page => $"{Address}/module/docs/en-US/{Path.GetFileName(page)}")
                .Order(StringComparer.Ordinal),
            Uri().Matches(await File.ReadAllTextAsync(directory.File("HelpUris.g.cs")))
                .Select(match => match.Groups[1].Value)
                .Order(StringComparer.Ordinal));

        using var module = new ModuleRunspace();
        Outcome manifest = module.Invoke(
            "(Import-PowerShellDataFile $args[0]).PrivateData.PSData.ProjectUri", directory.File("OnnxDeep.psd1"));
        Assert.Equal(Address, manifest.ThrowOnError().Output.Single().BaseObject);
    }

    // There is a constant for each page, and the build requires a page for each cmdlet.
    [Fact]
    public void EachCmdletHasTheAddressOfItsPage()
    {
        string[] cmdlets = Directory.GetFiles(
            Path.Combine(Repository.Root, "src", "OnnxDeep.PowerShell"), "*Command.cs", SearchOption.AllDirectories);

        Assert.Equal(48, cmdlets.Length);
        Assert.All(cmdlets, path => Assert.Contains(
            $"HelpUri = HelpUris.{Path.GetFileNameWithoutExtension(path)[..^"Command".Length]}",
            File.ReadAllText(path),
            StringComparison.Ordinal));
    }

    [GeneratedRegex("""
        const string \w+ = "([^"]*)";
        """)]
    private static partial Regex Uri();
}
