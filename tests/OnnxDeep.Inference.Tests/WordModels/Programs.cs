namespace OnnxDeep.Tests.WordModels;

/// <summary>Programs and packages of other makers that some tests need; those tests skip where they are missing.</summary>
internal static class Programs
{
    /// <summary>The path of Node.js.</summary>
    public static string Node() => Find("node") ?? Skip("Node.js is not installed.");

    /// <summary>The path of Chromium or a browser of its family.</summary>
    public static string Chromium() => Find("chromium", "chromium-browser", "google-chrome", "chrome")
        ?? Skip("Chromium is not installed.");

    /// <summary>Skips where <c>npm ci</c> has not brought a package into a folder.</summary>
    public static void RequirePackage(string package, params string[] folder)
    {
        string home = Path.Combine([Repository.Root, .. folder]);
        Assert.SkipUnless(
            File.Exists(Path.Combine(home, "node_modules", package, "package.json")),
            $"{package} is not installed: npm ci in {string.Join('/', folder)} brings it.");
    }

    private static string? Find(params string[] names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        string extension = OperatingSystem.IsWindows() ? ".exe" : string.Empty;
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name + extension))).FirstOrDefault(File.Exists);
    }

    private static string Skip(string reason)
    {
        Assert.Skip(reason);
        return string.Empty;
    }
}
