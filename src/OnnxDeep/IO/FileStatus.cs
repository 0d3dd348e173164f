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
    private const int PermissionBits = 0xfff;
    private const int KindShift = 12;
    private const int StatusBytes = 256;
    private const uint BasicFields = 0x7ff;

    /// <summary>Whether nobody may write the file.</summary>
    public bool IsReadOnly => (Mode & WriteModes) == 0;

    /// <summary>The number of the user that this process runs as; 0 on Windows.</summary>
    public static uint CurrentUser { get; } = OperatingSystem.IsWindows() ? 0 : GetUser();

    /// <summary>Gets what a path leads to.</summary>
    /// <returns>The status; null if there is nothing, or it cannot be found out.</returns>
    public static FileStatus? Of(string path) => Read(path, followsLink: true);

    /// <summary>Gets what has this name, which may be a link.</summary>
    /// <returns>The status; null if there is nothing, or it cannot be found out.</returns>
    public static FileStatus? OfName(string path) => Read(path, followsLink: false);

    /// <summary>Gets the status of an open file of Linux or macOS.</summary>
    /// <exception cref="IOException">The system does not report it.</exception>
    public static unsafe FileStatus Of(SafeFileHandle file)
    {
        const int EmptyPath = 0x1000;
        Span<byte> status = stackalloc byte[StatusBytes];
        fixed (byte* start = status)
        {
            FileStatus? result = OperatingSystem.IsLinux()
                ? ReadLinux(StatX(file, string.Empty, EmptyPath, BasicFields, start), status)
                : ReadMac(
                    RuntimeInformation.ProcessArchitecture == Architecture.Arm64
                        ? FStat(file, start)
                        : FStat64(file, start),
                    status);
            return result ?? throw new IOException("The system does not report who owns the file.");
        }
    }

    private static FileStatus? Read(string path, bool followsLink)
    {
        try
        {
            return OperatingSystem.IsLinux() ? ReadLinux(path, followsLink)
                : OperatingSystem.IsMacOS() ? ReadMac(path, followsLink)
                : ReadAttributes(path, followsLink);
        }
        catch (EntryPointNotFoundException)
        {
            return ReadAttributes(path, followsLink);
        }
    }

    private static unsafe FileStatus? ReadLinux(string path, bool followsLink)
    {
        const int CurrentFolder = -100;
        const int NoFollow = 0x100;
        Span<byte> status = stackalloc byte[StatusBytes];
        fixed (byte* start = status)
        {
            return ReadLinux(
                StatX(CurrentFolder, path, followsLink ? 0 : NoFollow, BasicFields, start), status);
        }
    }

    // struct statx, which is the same on all architectures.
    private static FileStatus? ReadLinux(int result, ReadOnlySpan<byte> status) => result == 0
        ? Create(
            MemoryMarshal.Read<ushort>(status[28..]),
            MemoryMarshal.Read<uint>(status[20..]),
            MemoryMarshal.Read<uint>(status[24..]),
            MemoryMarshal.Read<uint>(status[16..]))
        : null;

    private static unsafe FileStatus? ReadMac(string path, bool followsLink)
    {
        bool isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        Span<byte> status = stackalloc byte[StatusBytes];
        fixed (byte* start = status)
        {
            int result = (followsLink, isArm) switch
            {
                (true, true) => Stat(path, start),
                (true, false) => Stat64(path, start),
                (false, true) => LStat(path, start),
                (false, false) => LStat64(path, start),
            };
            return ReadMac(result, status);
        }
    }

    // struct stat with 64-bit inode numbers.
    private static FileStatus? ReadMac(int result, ReadOnlySpan<byte> status) => result == 0
        ? Create(
            MemoryMarshal.Read<ushort>(status[4..]),
            MemoryMarshal.Read<uint>(status[16..]),
            MemoryMarshal.Read<uint>(status[20..]),
            MemoryMarshal.Read<ushort>(status[6..]))
        : null;

    private static FileStatus Create(ushort mode, uint owner, uint group, uint names) => new(
        (FileKind)(mode >> KindShift), (UnixFileMode)(mode & PermissionBits), owner, group, names);

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

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int StatX(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int StatX(SafeFileHandle file, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "fstat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int FStat(SafeFileHandle file, byte* status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int FStat64(SafeFileHandle file, byte* status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Stat(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int Stat64(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int LStat(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int LStat64(string path, byte* status);

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
