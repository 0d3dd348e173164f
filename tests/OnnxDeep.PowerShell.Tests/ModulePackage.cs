namespace OnnxDeep.Tests;

/// <summary>The package of the module, which is packed once for all tests.</summary>
internal static class ModulePackage
{
    private static readonly Lazy<Task<string>> s_path = new(FindAsync);

    /// <summary>The path of the package: the value of ONNXDEEP_PACKAGE, or a new package.</summary>
    public static Task<string> Path => s_path.Value;

    /// <summary>
    /// Copies only the package to a new folder: an older package in the same folder could be installed instead.
    /// </summary>
    /// <returns>The path of the copy.</returns>
    public static async Task<string> CopyToAsync(string folder)
    {
        string package = await Path;
        string copy = System.IO.Path.Combine(
            Directory.CreateDirectory(folder).FullName, System.IO.Path.GetFileName(package));
        File.Copy(package, copy);
        return copy;
    }

    /// <summary>Copies everything that was packed at once to a new folder.</summary>
    public static async Task CopyAllToAsync(string folder)
    {
        string packages = System.IO.Path.GetDirectoryName(await Path)!;
        string sums = System.IO.Path.Combine(packages, "SHA256SUMS");
        foreach (string name in File.ReadLines(sums).Select(line => line.Split("  ")[1]).Append("SHA256SUMS"))
        {
            string copy = System.IO.Path.Combine(folder, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(System.IO.Path.Combine(packages, name), copy);
        }

        // A module that was built for a single platform is the package for that platform.
        if (!await HasPlatformsAsync())
        {
            await CopyToAsync(System.IO.Path.Combine(folder, "linux-x64"));
        }
    }

    /// <summary>Returns the path of the package for a platform; skips the test if there is only the full one.</summary>
    public static async Task<string> ForPlatformAsync(string platform)
    {
        Assert.SkipUnless(await HasPlatformsAsync(), "The module is built for one platform, or one package is given.");
        string package = await Path;
        return System.IO.Path.Combine(
            System.IO.Path.GetDirectoryName(package)!, platform, System.IO.Path.GetFileName(package));
    }

    /// <summary>Returns whether the packages of the platforms are in folders beside the full package.</summary>
    public static async Task<bool> HasPlatformsAsync() => Repository.StagedRuntimes.Length > 1
        && Directory.Exists(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(await Path)!, "linux-x64"));

    private static async Task<string> FindAsync() =>
        Environment.GetEnvironmentVariable("ONNXDEEP_PACKAGE") is { Length: > 0 } given
            ? System.IO.Path.GetFullPath(given)
            : await PackAsync();

    private static async Task<string> PackAsync()
    {
        string script = System.IO.Path.Combine(Repository.Root, "build.ps1");
        string output = await PowerShellProcess.RunAsync(
            Repository.Root,
            null,
            "-File", script,
            "-Task", "Pack",
            "-Configuration", Repository.Configuration,
            "-Provider", Repository.Flavor);
        string[] packages = Directory.Exists(Repository.Packages)
            ? Directory.GetFiles(Repository.Packages, "*.nupkg")
            : [];
        return packages.MaxBy(File.GetLastWriteTimeUtc)
            ?? throw new InvalidOperationException($"build.ps1 -Task Pack created no package:\n{output}");
    }
}
