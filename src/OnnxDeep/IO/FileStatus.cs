using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>What a path leads to, without opening it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Mode">The permissions; of Windows, only whether the file may be written.</param>
/// <param name="Owner">The number of the owner; 0 on Windows.</param>
/// <param name="Group">The number of the group; 0 on Windows.</param>
/// <param name="Names">The number of names (hard links) that the file has; 1 on Windows.</param>
internal readonly partial record struct FileStatus(FileKind Kind, UnixFileMode Mode, uint Owner, uint Group, uint Names)
{
    private const UnixFileMode WriteModes = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Whether nobody may write the file.</summary>
    public bool IsReadOnly => (Mode & WriteModes) == 0;

    /// <summary>The number of the user that this process runs as; 0 on Windows.</summary>
    public static uint CurrentUser { get; } = OperatingSystem.IsWindows() ? 0 : GetUser();

    /// <summary>Gets what a path leads to.</summary>
    /// <returns>The status; null if there is nothing, or it cannot be found out.</returns>
    public static FileStatus? Of(string path) => Read(path, followsLink: true);

    /// <summary>Gets only the kind of what a path leads to; that of a plain file if there is nothing.</summary>
    public static FileKind KindOf(string path)
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return UnixStatus.TryRead(path, followsLink: true, out UnixStatus status) ? status.Kind : FileKind.File;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An old C library.
        }

        return Of(path)?.Kind ?? FileKind.File;
    }

    /// <summary>Gets what has this name, which may be a link.</summary>
    /// <returns>The status; null if there is nothing, or it cannot be found out.</returns>
    public static FileStatus? OfName(string path) => Read(path, followsLink: false);

    /// <summary>Gets the status of an open file of Linux or macOS.</summary>
    /// <exception cref="IOException">The system does not report it.</exception>
    public static FileStatus Of(SafeFileHandle file) => UnixStatus.TryRead(file, out UnixStatus status)
        ? Of(status)
        : throw new IOException("The system does not report who owns the file.");

    private static FileStatus Of(in UnixStatus status) =>
        new(status.Kind, status.Mode, status.Owner, status.Group, status.Names);

    private static FileStatus? Read(string path, bool followsLink)
    {
        try
        {
            return !OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS() ? ReadAttributes(path, followsLink)
                : UnixStatus.TryRead(path, followsLink, out UnixStatus status) ? Of(status)
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            return ReadAttributes(path, followsLink);
        }
    }

    private static FileStatus? ReadAttributes(string path, bool followsLink)
    {
        // Windows has devices and pipes here, also under short names such as NUL.
        if (OperatingSystem.IsWindows() && Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            return new FileStatus(FileKind.CharacterDevice, WriteModes, 0, 0, 1);
        }

        FileSystemInfo file = new FileInfo(path);
        if (file.LinkTarget is not null && followsLink)
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        }

        if (file.Attributes == (FileAttributes)(-1))
        {
            return null;
        }

        FileKind kind = file.LinkTarget is not null ? FileKind.Link
            : file.Attributes.HasFlag(FileAttributes.Directory) ? FileKind.Folder
            : FileKind.File;
        return new FileStatus(kind, file.Attributes.HasFlag(FileAttributes.ReadOnly) ? 0 : WriteModes, 0, 0, 1);
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetUser();
}

/// <summary>The kinds of things that a path may lead to, numbered as in the modes of Unix.</summary>
internal enum FileKind
{
    /// <summary>A pipe with a name (FIFO).</summary>
    Pipe = 1,

    /// <summary>A device that takes characters, such as a terminal or /dev/null.</summary>
    CharacterDevice = 2,

    /// <summary>A folder.</summary>
    Folder = 4,

    /// <summary>A device that takes blocks, such as a disk.</summary>
    BlockDevice = 6,

    /// <summary>A plain file.</summary>
    File = 8,

    /// <summary>A symbolic link.</summary>
    Link = 10,

    /// <summary>A socket.</summary>
    Socket = 12,
}
