using System.Reflection;
using System.Text.Json;

namespace OnnxDeep.Tests.Pester;

/// <summary>
/// One run of all Pester files: the tool manifest's PowerShell, a pinned Pester, the module as it installs.
/// </summary>
/// <param name="Module">The folder that the tested module was imported from.</param>
/// <param name="Pester">Pester's version.</param>
/// <param name="PowerShell">PowerShell's version.</param>
/// <param name="Culture">The culture that the run had, by its name.</param>
/// <param name="Files">The results.</param>
internal sealed record PesterRun(
    string Module, string Pester, string PowerShell, string Culture, IReadOnlyList<PesterFile> Files)
{
    private static readonly Lazy<Task<PesterRun>> s_run = new(StartAsync);

    /// <summary>The run, which the first test to ask for it starts.</summary>
    public static Task<PesterRun> Instance => s_run.Value;

    /// <summary>
    /// The version of Pester that is asked for: ONNXDEEP_PESTER, or the newer one of the two that are restored.
    /// </summary>
    public static string PesterVersion =>
        Environment.GetEnvironmentVariable("ONNXDEEP_PESTER") is { Length: > 0 } version
            ? version
            : Metadata("PesterVersion");

    /// <summary>The folder of the Pester files.</summary>
    public static string Folder => Path.Combine(Repository.Root, "tests", "Module");

    /// <summary>The folder where NuGet has unpacked the versions of Pester.</summary>
    public static string Packages => Metadata("PesterPackages");

    private static async Task<PesterRun> StartAsync()
    {
        using var directory = new TemporaryDirectory();
        string package = await ModulePackage.CopyToAsync(directory.File("package"));
        string results = directory.File("results.json");
        string output = await PowerShellProcess.RunAsync(
            Repository.Root,
            null,
            "-File", Path.Combine(Folder, "Invoke-PackageTest.ps1"),
            "-Package", package,
            "-Pester", Path.Combine(Packages, PesterVersion),
            "-InstallPath", directory.File("install"),
            "-ResultPath", results);
        return File.Exists(results)
            ? JsonSerializer.Deserialize<PesterRun>(await File.ReadAllTextAsync(results))!
            : throw new InvalidOperationException($"The Pester run ended without results:\n{output}");
    }

    private static string Metadata(string key) => typeof(PesterRun).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

/// <summary>What became of one file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Passed">How many tests passed.</param>
/// <param name="Skipped">The tests that did not run, by their paths.</param>
/// <param name="Failures">The tests and blocks that failed.</param>
/// <param name="Seconds">The time that the file took.</param>
internal sealed record PesterFile(
    string Name, int Passed, IReadOnlyList<string> Skipped, IReadOnlyList<PesterFailure> Failures, double Seconds);

/// <summary>A test or a block that failed.</summary>
internal sealed record PesterFailure(string Name, string Message);
