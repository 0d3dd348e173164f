namespace OnnxDeep.Tests;

/// <summary>The module's package, which is packed once for all tests.</summary>
internal static class ModulePackage
{
    private static readonly Lazy<Task<string>> s_path = new(FindAsync);

    /// <summary>The package that ONNXDEEP_PACKAGE names, or a new one.</summary>
    public static Task<string> Path => s_path.Value;

    /// <summary>
    /// Copies the package into a new folder, alone: an older package beside it would be another candidate.
    /// </summary>
    /// <returns>The copy.</returns>
    public static async Task<string> CopyToAsync(string folder)
    {
        string package = await Path;
        string copy = System.IO.Path.Combine(
            Directory.CreateDirectory(folder).FullName, System.IO.Path.GetFileName(package));
        File.Copy(package, copy);
        return copy;
    }

    private static async Task<string> FindAsync() =>
        Environment.GetEnvironmentVariable("ONNXDEEP_PACKAGE") is { Length: > 0 } given
            ? System.IO.Path.GetFullPath(given)
            : await PackAsync();

    private static async Task<string> PackAsync()
    {
        string script = System.IO.Path.Combine(Repository.Root, "build.ps1");
        string output = await PowerShellProcess.RunAsync(
            Repository.Root, null, "-File", script, "-Task", "Pack", "-Provider", Repository.Flavor);
        string[] packages = Directory.Exists(Repository.Packages)
            ? Directory.GetFiles(Repository.Packages, "*.nupkg")
            : [];
        return packages.MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new InvalidOperationException($"build.ps1 -Task Pack made no package:\n{output}");
    }
}
