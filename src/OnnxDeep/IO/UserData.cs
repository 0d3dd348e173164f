namespace OnnxDeep.IO;

/// <summary>The folder where a user's own tables and settings are kept.</summary>
internal static class UserData
{
    /// <summary>The environment variable that sets another folder.</summary>
    public const string Variable = "ONNXDEEP_HOME";

    private const string SettingsFile = "settings.json";

    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>
    /// The folder that the variable names, otherwise the platform's folder for local application data:
    /// <c>~/.local/share/OnnxDeep</c>, <c>%LOCALAPPDATA%\OnnxDeep</c>, <c>~/Library/Application Support/OnnxDeep</c>.
    /// It may not exist yet.
    /// </summary>
    /// <exception cref="OnnxDeepException">The user has no such folder, and the variable is not set.</exception>
    public static string Directory => Find() ?? throw AtomicFile.NotWritable(
        "OnnxDeep",
        new DirectoryNotFoundException($"This user has no folder for application data. Set {Variable} to a folder."));

    /// <summary>The same path for reading only: empty if the user has no such folder.</summary>
    public static string DirectoryOrEmpty => Find() ?? string.Empty;

    /// <summary>The folder of imported vector tables.</summary>
    public static string VectorsDirectory => Path.Combine(Directory, "vectors");

    /// <summary>The same path for reading only: empty if the user has no such folder.</summary>
    public static string VectorsDirectoryOrEmpty =>
        Find() is string home ? Path.Combine(home, "vectors") : string.Empty;

    /// <summary>The user's settings file.</summary>
    public static string SettingsPath => Path.Combine(Directory, SettingsFile);

    /// <summary>The same path for reading only: empty if the user has no such folder.</summary>
    public static string SettingsPathOrEmpty => Find() is string home ? Path.Combine(home, SettingsFile) : string.Empty;

    /// <summary>The folder of downloads that are unfinished or not imported yet.</summary>
    public static string DownloadsDirectory => Path.Combine(Directory, "downloads");

    /// <summary>
    /// Creates the folder if it does not exist, so that nobody else can write to it whatever the user's umask is.
    /// </summary>
    /// <exception cref="OnnxDeepException">The folder cannot be created.</exception>
    public static void CreateDirectory()
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                System.IO.Directory.CreateDirectory(Directory);
            }
            else
            {
                System.IO.Directory.CreateDirectory(Directory, ReadableByAll);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(Directory, e);
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } home)
        {
            return Path.GetFullPath(home);
        }

        string data = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0 ? Path.Combine(data, "OnnxDeep") : null;
    }
}
