using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>What a path that is to be written leads to, and how it is written.</summary>
internal sealed class OutputTarget
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly string[] s_outputNames = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    private static readonly string[] s_errorNames = ["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"];

    private readonly FileStatus? _status;

    private OutputTarget(string path, string fullPath, ExistingFile existing, FileStatus? status)
    {
        Path = path;
        FullPath = fullPath;
        Existing = existing;
        _status = status;
        TemporaryFolder = IsStream
            ? System.IO.Path.GetTempPath()
            : System.IO.Path.GetDirectoryName(fullPath) ?? fullPath;
    }

    /// <summary>The path as it was specified.</summary>
    public string Path { get; }

    /// <summary>The full path of the file without links; of a pipe or device, the path that leads to it.</summary>
    public string FullPath { get; }

    /// <summary>What happens to an existing file.</summary>
    public ExistingFile Existing { get; }

    /// <summary>The folder in which the file is written until it is complete.</summary>
    public string TemporaryFolder { get; }

    /// <summary>Whether the path leads to a pipe or device, which takes the content but does not keep it.</summary>
    public bool IsStream => _status is { Kind: FileKind.Pipe or FileKind.CharacterDevice };

    /// <summary>Finds out how a path can be written.</summary>
    /// <param name="path">The path.</param>
    /// <param name="existing">What happens to an existing file.</param>
    /// <exception cref="OnnxDeepException">The path cannot be written.</exception>
    public static OutputTarget Find(string path, ExistingFile existing)
    {
        string full = System.IO.Path.GetFullPath(path);
        FileStatus? status = FileStatus.Of(full);
        if (status is not null && existing == ExistingFile.Keep)
        {
            throw AtomicFile.Exists(path);
        }

        if (s_outputNames.Contains(full) || s_errorNames.Contains(full))
        {
            // A file or terminal to which this process already writes must not be replaced or opened a second time.
            status = new FileStatus(FileKind.Pipe, Private, 0, 0, 1);
        }

        if (System.IO.Path.EndsInDirectorySeparator(full))
        {
            throw Refuse(path, "it is the name of a folder");
        }

        switch (status?.Kind)
        {
            case FileKind.Pipe or FileKind.CharacterDevice:
                return new OutputTarget(path, full, existing, status);
            case FileKind.Folder:
                throw Refuse(path, "it is a folder");
            case FileKind.File:
                CheckWritable(path, full, status.Value, existing);
                break;
            case null:
                CheckLink(path, full);
                break;
            default:
                throw Refuse(path, "it is neither a file nor a pipe, but a socket or disk");
        }

        string real = FileTarget.Resolve(full) ?? throw Refuse(path, "its links form a cycle");
        if (status is not null && IsOpenFile(full, real))
        {
            throw Refuse(path, "it is a file that this process has opened", "Specify the file's own path, or choose");
        }

        return new OutputTarget(path, real, existing, status);
    }

    /// <summary>Gets the permissions of the temporary file; null for those of a new file.</summary>
    /// <param name="modeOf">A file whose permissions a new file gets; may be null.</param>
    public UnixFileMode? NewMode(string? modeOf)
    {
        // Until it has the permissions of the existing file, nobody else may read it.
        if (_status is not null)
        {
            return Private;
        }

        // The owner must be able to replace it later. The system removes what the user's mask forbids.
        return modeOf is not null && FileStatus.Of(modeOf) is FileStatus status
            ? (status.Mode & (UnixFileMode)0x1ff) | UnixFileMode.UserWrite
            : null;
    }

    /// <summary>Gives the temporary file the owner and the permissions of the existing file.</summary>
    /// <param name="temporary">The temporary file, complete.</param>
    /// <returns>How the target is written.</returns>
    /// <exception cref="OnnxDeepException">The path leads to something else now.</exception>
    public OutputWay Prepare(SafeFileHandle temporary)
    {
        if (IsStream)
        {
            return OutputWay.Stream;
        }

        if (FileStatus.OfName(FullPath) is not FileStatus now)
        {
            // A file that was removed meanwhile keeps its permissions.
            if (_status is FileStatus old && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, old.Mode);
            }

            return OutputWay.Rename;
        }

        if (now.Kind != FileKind.File)
        {
            throw Refuse(Path, "another program has put something else there");
        }

        // A new file must not replace one that has appeared meanwhile, and the rename finds that out.
        return Existing == ExistingFile.Keep || (now.Names == 1 && FileSecurity.TryCopy(FullPath, now, temporary))
            ? OutputWay.Rename
            : OutputWay.Overwrite;
    }

    /// <summary>Opens the existing file to overwrite it.</summary>
    public FileStream OpenExisting()
    {
        if (_status is { IsReadOnly: true } && Existing == ExistingFile.Force && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(FullPath, _status.Value.Mode | UnixFileMode.UserWrite);
            var output = new FileStream(FullPath, FileMode.Open, FileAccess.Write, FileShare.Read);
            File.SetUnixFileMode(output.SafeFileHandle, _status.Value.Mode);
            return output;
        }

        return new FileStream(FullPath, FileMode.Open, FileAccess.Write, FileShare.Read);
    }

    /// <summary>Opens the pipe or device; waits until a pipe is read.</summary>
    public Stream OpenForStream() =>
        s_outputNames.Contains(FullPath) ? Console.OpenStandardOutput()
        : s_errorNames.Contains(FullPath) ? Console.OpenStandardError()
        : new FileStream(FullPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    // What the system lists as open files: a new file of that name would not be the one that is open.
    private static bool IsOpenFile(string path, string real) =>
        FileTarget.Resolve(System.IO.Path.GetDirectoryName(path)!) is string folder
        && (folder.StartsWith("/proc/", StringComparison.Ordinal)
            || folder.StartsWith("/dev/fd", StringComparison.Ordinal))
        && !folder.Equals(System.IO.Path.GetDirectoryName(real), StringComparison.Ordinal);

    private static void CheckWritable(string path, string full, FileStatus status, ExistingFile existing)
    {
        if (existing == ExistingFile.Force)
        {
            return;
        }

        if (status.IsReadOnly)
        {
            throw Refuse(path, "it is read-only", "Make it writable, or choose");
        }

        // Windows refuses this while another program has the file open for reading, which does not prevent a rename.
        if (!OperatingSystem.IsWindows())
        {
            Open(path, full);
        }
    }

    // The system does not follow the links of other users in folders in which everybody may create some.
    private static void CheckLink(string path, string full)
    {
        if (!OperatingSystem.IsWindows() && new FileInfo(full).LinkTarget is not null)
        {
            Open(path, full);
        }
    }

    private static void Open(string path, string full)
    {
        try
        {
            File.OpenHandle(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // A link to a file that does not exist yet.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(path, e);
        }
    }

    private static OnnxDeepException Refuse(string path, string why, string advice = "Choose") => new(
        ErrorIds.OutputNotWritable, $"'{path}' cannot be written: {why}. {advice} another path.");
}

/// <summary>What a command that writes a file does to an existing one.</summary>
internal enum ExistingFile
{
    /// <summary>It is replaced, unless it is read-only.</summary>
    Replace,

    /// <summary>It is kept, and the command fails.</summary>
    Keep,

    /// <summary>It is replaced, even if it is read-only.</summary>
    Force,
}

/// <summary>How the complete temporary file becomes the output.</summary>
internal enum OutputWay
{
    /// <summary>It gets the name of the output: at once or not at all.</summary>
    Rename,

    /// <summary>
    /// It is copied over an existing file whose names, owner or permissions a new file could not have.
    /// </summary>
    Overwrite,

    /// <summary>It is copied into a pipe or device.</summary>
    Stream,
}
