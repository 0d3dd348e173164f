using System.Globalization;
using System.Text.Json;

namespace OnnxDeep.Tests.Pester;

/// <summary>Runs the Pester files, which specify what each cmdlet does, with the package as users install it.</summary>
public sealed class PesterTests
{
    public static TheoryData<string> Files =>
    [
        .. Directory.GetFiles(PesterRun.Folder, "*.Tests.ps1")
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task FilePasses(string file)
    {
        await Task.WhenAny(PesterRun.Instance);
        Assert.True(
            PesterRun.Instance.IsCompletedSuccessfully,
            $"The run failed; {nameof(RunIsOfTheInstalledPackageInThePinnedPrograms)} shows why.");
        PesterRun run = await PesterRun.Instance;
        PesterFile result = Assert.Single(run.Files, item => item.Name == file);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Passed} passed, {result.Failures.Count} failed, "
            + $"{result.Skipped.Count} skipped in {result.Seconds:F1} s."));
        foreach (string skipped in result.Skipped)
        {
            TestContext.Current.TestOutputHelper.WriteLine($"Skipped: {skipped}");
        }

        Assert.True(
            result.Failures.Count == 0,
            string.Join('\n', result.Failures.Select(failure => $"{failure.Name}\n{failure.Message}\n")));
        Assert.SkipWhen(result.Passed == 0, $"All tests of the file are skipped: {string.Join(", ", result.Skipped)}.");
    }

    [Fact]
    public async Task RunIsOfTheInstalledPackageInThePinnedPrograms()
    {
        PesterRun run = await PesterRun.Instance;
        using JsonDocument manifest = JsonDocument.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(Repository.Root, ".config", "dotnet-tools.json"), TestContext.Current.CancellationToken));
        string? pwsh =
            manifest.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString();

        Assert.Equal((PesterRun.PesterVersion, pwsh), (run.Pester, run.PowerShell));
        Assert.Equal(CultureInfo.CurrentCulture.Name, run.Culture);
        Assert.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetTempPath()), run.Module, StringComparison.Ordinal);
        Assert.Equal(Files.Count, run.Files.Count);
    }
}
