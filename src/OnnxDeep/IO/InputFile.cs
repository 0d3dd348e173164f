using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>
/// Opens files for reading. Pipes, devices and sockets are refused: to open or read one may wait forever, and most
/// have no length. What counts is the file that was opened, so no other one can take its place after the check.
/// </summary>
internal static partial class InputFile
{
    private const int DefaultBuffer = 4096;
    private const int SequentialAdvice = 2;

    /// <summary>Opens a regular file; others may read or replace it meanwhile.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="bufferSize">The size of the buffer; 0 for none.</param>
    /// <param name="options">Only <see cref="FileOptions.SequentialScan"/> has an effect.</param>
    /// <exception cref="OnnxDeepException">The path leads to a pipe, a device or a socket.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is a folder, or permission is missing.</exception>
    public static FileStream Open(
        string path, int bufferSize = DefaultBuffer, FileOptions options = FileOptions.None)
    {
        SafeFileHandle handle = OpenRegular(path, options);
        return new FileStream(handle, FileAccess.Read, bufferSize);
    }

    /// <summary>Opens a regular file whose stream knows its full path.</summary>
    /// <inheritdoc cref="Open(string, int, FileOptions)"/>
    public static FileStream OpenNamed(string path) =>
        new NamedStream(OpenRegular(path, FileOptions.None), Path.GetFullPath(path));

    /// <summary>Whether a path leads to a pipe, a device or a socket; false if it leads nowhere.</summary>
    public static bool IsSpecial(string path) => IsSpecial(FileStatus.KindOf(path));

    /// <summary>Throws for a pipe, a device or a socket. For files that only native code opens.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What the path led to.</param>
    /// <exception cref="OnnxDeepException">The file is not a regular one (NotARegularFile).</exception>
    public static void Check(string path, FileIdentity identity)
    {
        if (IsSpecial(identity.Kind))
        {
            throw NotRegular(path, identity.Kind);
        }
    }

    private static SafeFileHandle OpenRegular(string path, FileOptions options)
    {
        SafeFileHandle handle = OpenHandle(path, out FileKind kind, options);
        if (kind != FileKind.File)
        {
            handle.Dispose();
            throw NotRegular(path, kind);
        }

        return handle;
    }

    private static bool IsSpecial(FileKind kind) =>
        kind is FileKind.Pipe or FileKind.Socket or FileKind.CharacterDevice or FileKind.BlockDevice;

    private static OnnxDeepException NotRegular(string path, FileKind kind) => new(
        ErrorIds.NotARegularFile,
        $"'{path}' is {Describe(kind)}, not a regular file. Specify a file on disk; save what a program writes to a "
        + "pipe or a device in a file first.");

    /// <summary>Opens any kind of file without waiting for another program.</summary>
    /// <param name="path">The path, which may lead to a pipe or a device.</param>
    /// <param name="kind">What was opened.</param>
    /// <param name="options">Only <see cref="FileOptions.SequentialScan"/> has an effect.</param>
    /// <param name="share">What others may do meanwhile; Unix lets them do everything.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is a folder, or permission is missing.</exception>
    /// <exception cref="OnnxDeepException">The path leads to a socket, which cannot be opened.</exception>
    public static SafeFileHandle OpenHandle(
        string path,
        out FileKind kind,
        FileOptions options = FileOptions.None,
        FileShare share = FileShare.Read | FileShare.Delete)
    {
        path = Path.GetFullPath(path);
        SafeFileHandle handle = OperatingSystem.IsWindows() ? OpenWindows(path, options, share) : OpenUnix(path);
        kind = FileIdentity.Of(handle).Kind;
        if (kind == FileKind.Folder)
        {
            handle.Dispose();
            throw Denied(path);
        }

        if (!OperatingSystem.IsWindows() && kind == FileKind.File)
        {
            TakeLock(handle, path);
        }

        if (OperatingSystem.IsLinux() && options.HasFlag(FileOptions.SequentialScan))
        {
            _ = Advise(handle, 0, 0, SequentialAdvice);
        }

        return handle;
    }

    private static SafeFileHandle OpenWindows(string path, FileOptions options, FileShare share)
    {
        try
        {
            return File.OpenHandle(path, share: share, options: options);
        }
        catch (NotSupportedException)
        {
            throw NotRegular(path, FileKind.CharacterDevice);
        }
    }

    // .NET waits until another program opens the other end of a pipe. The flag has no effect on regular files.
    private static SafeFileHandle OpenUnix(string path)
    {
        int flags = OperatingSystem.IsMacOS() ? MacFlags : LinuxFlags;
        int file;
        int error;
        do
        {
            file = Open(path, flags);
            error = Marshal.GetLastPInvokeError();
        }
        while (file < 0 && error == Interrupted);
        if (file < 0)
        {
            throw Explain(path, error);
        }

        return new SafeFileHandle(file, ownsHandle: true);
    }

    // The lock that .NET's own streams respect: no other one may write the file alone meanwhile.
    private static void TakeLock(SafeFileHandle handle, string path)
    {
        if (Lock(handle, SharedLock | WithoutWaiting) != 0 && Marshal.GetLastPInvokeError() == WouldBlock)
        {
            handle.Dispose();
            throw new IOException($"The file '{path}' is being used by another program.");
        }
    }

    // The exceptions that .NET's own streams throw.
    private static Exception Explain(string path, int error) => error switch
    {
        NoEntry when Directory.Exists(Path.GetDirectoryName(path)) => new FileNotFoundException(
            $"Could not find file '{path}'.", path),
        NoEntry or NotAFolder => new DirectoryNotFoundException($"Could not find a part of the path '{path}'."),
        NoAccess or NotPermitted => Denied(path),
        NoDevice or NotOnSocket => NotRegular(path, FileKind.Socket),
        _ => new IOException($"{Marshal.GetPInvokeErrorMessage(error)}: '{path}'."),
    };

    private static UnauthorizedAccessException Denied(string path) => new($"Access to the path '{path}' is denied.");

    private static string Describe(FileKind kind) => kind switch
    {
        FileKind.Pipe => "a named pipe (FIFO)",
        FileKind.Socket => "a socket",
        FileKind.BlockDevice => "a block device",
        _ => "a character device",
    };

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Lock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(SafeFileHandle file, long offset, long length, int advice);

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC.
    private const int LinuxFlags = 0x800 | 0x80000;
    private const int MacFlags = 0x4 | 0x1000000;

    private const int SharedLock = 1;
    private const int WithoutWaiting = 4;

    private const int NotPermitted = 1;
    private const int NoEntry = 2;
    private const int Interrupted = 4;
    private const int NoDevice = 6;
    private const int NoAccess = 13;
    private const int NotAFolder = 20;

    // EOPNOTSUPP of macOS, which it reports for sockets; on Linux, no call here fails with this number.
    private const int NotOnSocket = 102;

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    // A stream of a handle does not know the path of its file. One of a derived type copies what it reads.
    private sealed class NamedStream(SafeFileHandle handle, string path) : FileStream(handle, FileAccess.Read)
    {
        public override string Name => path;
    }
}
