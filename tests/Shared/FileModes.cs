namespace OnnxDeep.Tests;

/// <summary>The permissions of files; tests that change them are skipped on Windows.</summary>
internal static class FileModes
{
    /// <summary>Sets the mode of a file or folder.</summary>
    public static void Set(string path, UnixFileMode mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    /// <summary>Grants more rights.</summary>
    public static void Add(string path, UnixFileMode mode) => Set(path, Get(path) | mode);

    /// <summary>Gets the mode.</summary>
    public static UnixFileMode Get(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        return OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);
    }
}
