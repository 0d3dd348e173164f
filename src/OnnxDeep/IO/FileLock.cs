namespace OnnxDeep.IO;

/// <summary>
/// An empty file beside another one that only one process at a time has, while it reads, changes and writes that one.
/// It is deleted in the end where the system can delete open files; what stays does not stop others.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    // To change a small file takes milliseconds.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly string _path;
    private readonly FileStream _file;

    private FileLock(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Waits until no other process has the lock, and takes it.</summary>
    /// <param name="path">The file to change, in a folder that exists.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OnnxDeepException">
    /// The lock cannot be created, or another process keeps it for half a minute.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FileLock Take(string path, CancellationToken cancellationToken)
    {
        string name = path + ".lock";
        long start = Environment.TickCount64;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var file = new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                if (IsStillThere(name, file))
                {
                    return new FileLock(name, file);
                }

                file.Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (!IsTaken(e) || Environment.TickCount64 - start > s_longest.TotalMilliseconds)
                {
                    throw AtomicFile.NotWritable(path, e, name);
                }

                cancellationToken.WaitHandle.WaitOne(s_pause);
            }
        }
    }

    /// <summary>Lets the next process take the lock.</summary>
    public void Dispose()
    {
        try
        {
            // First, so that nobody gets a lock that is deleted afterwards.
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next process uses the file that is there.
        }

        _file.Dispose();
    }

    // Another process may have deleted the file after this one opened it.
    private static bool IsStillThere(string name, FileStream file)
    {
        try
        {
            return FileIdentity.Of(name) is var there
                && FileIdentity.Of(file) is var own
                && (there.Device, there.File) == (own.Device, own.File);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    // On Windows, access is also denied to a file that is being deleted.
    private static bool IsTaken(Exception e) => OperatingSystem.IsWindows()
        ? e is UnauthorizedAccessException || e.HResult == SharingViolation
        : e.HResult == (OperatingSystem.IsMacOS() ? MacWouldBlock : LinuxWouldBlock);

    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;
}
