using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>Who owns a file or folder and who may write to it, on Linux and macOS.</summary>
/// <param name="User">The number of the owner; 0 is root.</param>
/// <param name="Mode">The permissions.</param>
internal readonly partial record struct FileOwner(uint User, UnixFileMode Mode)
{
    private const int StatusBytes = 256;
    private const int PermissionBits = 0xfff;

    /// <summary>The number of the user that this process runs as.</summary>
    public static uint CurrentUser => GetEffectiveUser();

    /// <summary>Gets the owner of an open file.</summary>
    /// <exception cref="IOException">The system does not report it.</exception>
    public static unsafe FileOwner Of(SafeFileHandle handle)
    {
        const int EmptyPath = 0x1000;
        Span<byte> status = stackalloc byte[StatusBytes];
        fixed (byte* start = status)
        {
            return Read(status, OperatingSystem.IsLinux() ? StatX(handle, string.Empty, EmptyPath, FieldsOfOwner, start)
                : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? FStat(handle, start)
                : FStat64(handle, start));
        }
    }

    /// <summary>Gets the owner of what a path leads to.</summary>
    /// <exception cref="IOException">The system does not report it.</exception>
    public static unsafe FileOwner Of(string path)
    {
        const int CurrentFolder = -100;
        Span<byte> status = stackalloc byte[StatusBytes];
        fixed (byte* start = status)
        {
            return Read(status, OperatingSystem.IsLinux() ? StatX(CurrentFolder, path, 0, FieldsOfOwner, start)
                : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Stat(path, start)
                : Stat64(path, start));
        }
    }

    // Mode and user in struct statx of Linux, which is the same on all architectures, and in struct stat of macOS.
    private static FileOwner Read(ReadOnlySpan<byte> status, int result)
    {
        (int mode, int user) = OperatingSystem.IsLinux() ? (28, 20) : (4, 16);
        return result == 0
            ? new FileOwner(
                MemoryMarshal.Read<uint>(status[user..]),
                (UnixFileMode)(MemoryMarshal.Read<ushort>(status[mode..]) & PermissionBits))
            : throw new IOException("The system does not report who owns the file.");
    }

    // STATX_MODE and STATX_UID.
    private const uint FieldsOfOwner = 0xa;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int StatX(SafeFileHandle file, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int StatX(int folder, string path, int flags, uint mask, byte* status);

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
}
