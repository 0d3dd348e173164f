using System.Reflection;
using System.Text.Json;

namespace OnnxDeep.Tests.Pester;

/// <summary>
/// A run of all Pester files with the PowerShell of the tool manifest, a pinned Pester and the installed module.
/// </summary>
/// <param name="Module">The folder from which the tested module was imported.</param>
/// <param name="Pester">The version of Pester.</param>
/// <param name="PowerShell">The version of PowerShell.</param>
/// <param name="Culture">The name of the culture of the run.</param>
/// <param name="Files">The results of the files.</param>
internal sealed record PesterRun(
    string Module, string Pester, string PowerShell, string Culture, IReadOnlyList<PesterFile> Files)
{
    private static readonly Lazy<Task<PesterRun>> s_run = new(StartAsync);

    /// <summary>The run; the first test that needs it starts it.</summary>
    public static Task<PesterRun> Instance => s_run.Value;

    /// <summary>
    /// The version of Pester to use: the value of ONNXDEEP_PESTER, or the newer of the two that are restored.
    /// </summary>
    public static string PesterVersion =>
        Environment.GetEnvironmentVariable("ONNXDEEP_PESTER") is { Length: > 0 } version
            ? version
            : Metadata("PesterVersion");

    /// <summary>The folder of the Pester files.</summary>
    public static string Folder => Path.Combine(Repository.Root, "tests", "Module");

    /// <summary>The folder in which NuGet unpacks the versions of Pester.</summary>
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

/// <summary>The result of one file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Passed">The number of tests that passed.</param>
/// <param name="Skipped">The paths of the tests that did not run.</param>
/// <param name="Failures">The tests and blocks that failed.</param>
/// <param name="Seconds">The duration of the file in seconds.</param>
internal sealed record PesterFile(
    string Name, int Passed, IReadOnlyList<string> Skipped, IReadOnlyList<PesterFailure> Failures, double Seconds);

/// <summary>A test or a block that failed.</summary>
internal sealed record PesterFailure(string Name, string Message);
