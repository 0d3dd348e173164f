using System.Diagnostics;

namespace OnnxDeep.Tests.Words;

/// <summary>
/// Third-party programs and packages that some tests need; those tests are skipped if they are missing.
/// </summary>
internal static class Programs
{
    /// <summary>The path of Node.js.</summary>
    public static string Node() => Find("node") ?? Skip("Node.js is not installed.");

    /// <summary>The path of Chromium or a related browser.</summary>
    public static string Chromium() => Find("chromium", "chromium-browser", "google-chrome", "chrome")
        ?? Skip("Chromium is not installed.");

    /// <summary>Skips the test if <c>npm ci</c> has not installed a package in a folder.</summary>
    public static void RequirePackage(string package, params string[] folder)
    {
        string home = Path.Combine([Repository.Root, .. folder]);
        Assert.SkipUnless(
            File.Exists(Path.Combine(home, "node_modules", package, "package.json")),
            $"{package} is not installed. Run npm ci in {string.Join('/', folder)}.");
    }

    /// <summary>Runs a script in the first Python that has a package.</summary>
    /// <returns>
    /// The exit code and the text of the error stream; the test is skipped if there is no such Python.
    /// </returns>
    public static (int ExitCode, string Error) Python(string package, string script, params string[] arguments)
    {
        string? python = FindAll("python3", "python")
            .FirstOrDefault(path => Run(path, ["-c", $"import {package}"]).ExitCode == 0);
        return Run(python ?? Skip($"The Python package {package} is not installed."), ["-c", script, .. arguments]);
    }

    private static (int ExitCode, string Error) Run(string path, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    private static string? Find(params string[] names) => FindAll(names).FirstOrDefault();

    private static IEnumerable<string> FindAll(params string[] names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        string extension = OperatingSystem.IsWindows() ? ".exe" : string.Empty;
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension)))
            .Where(File.Exists);
    }

    private static string Skip(string reason)
    {
        Assert.Skip(reason);
        return string.Empty;
    }
}
