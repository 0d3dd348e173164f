namespace OnnxDeep.IO;

/// <summary>
/// A folder for the intermediate files of one command, inside the system's folder for temporary files. It is deleted
/// on disposal, or by a later command if the process is killed.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "onnxdeep-";
    private const string LockFile = ".lock";

    private static readonly string[] s_purposes = ["convert", "profile"];

    private readonly FileStream _lock;

    /// <summary>Creates an empty folder that only this user can read.</summary>
    /// <param name="purpose">What it is for: convert or profile.</param>
    /// <exception cref="OnnxDeepException">The folder cannot be created.</exception>
    public TemporaryFolder(string purpose)
    {
        string parent = System.IO.Path.GetTempPath();
        try
        {
            Leftovers.Once(parent, Sweep);
            Path = Directory.CreateTempSubdirectory($"{Prefix}{purpose}-").FullName;
            _lock = new FileStream(File(LockFile), FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(parent, e);
        }
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Gets the path of a file in the folder.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Deletes the folder and all files in it. What cannot be deleted stays for a later command.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Report the error of the command rather than this one.
        }
    }

    /// <summary>Deletes the folders and files of killed processes, such as those that were written a day ago.</summary>
    /// <param name="parent">The folder for temporary files.</param>
    /// <param name="now">The current time.</param>
    public static void Sweep(string parent, DateTime now)
    {
        Leftovers.Sweep(parent, now);
        foreach (string purpose in s_purposes)
        {
            Leftovers.ForEach(parent, $"{Prefix}{purpose}-*", Directory.EnumerateDirectories, path =>
            {
                if (IsAbandoned(path, now))
                {
                    Directory.Delete(path, recursive: true);
                }
            });
        }
    }

    /// <summary>Whether a folder belongs to this user, was not used for a day, and no process has locked it.</summary>
    /// <exception cref="IOException">A process has locked it.</exception>
    public static bool IsAbandoned(string path, DateTime now) =>
        FileStatus.OfName(path) is { Kind: FileKind.Folder } status
        && status.Owner == FileStatus.CurrentUser
        && Leftovers.IsOld(Directory.GetLastWriteTimeUtc(path), now)
        && Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .All(file => Leftovers.IsAbandoned(file, now));
}
