using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>What Linux and macOS report about a file.</summary>
/// <remarks>Fields, because a process compiles each property before it classifies its first word.</remarks>
internal readonly partial struct UnixStatus
{
    private const long Second = 1_000_000_000;
    private const int PermissionBits = 0xfff;
    private const int KindShift = 12;
    private const int StatusBytes = 256;
    private const uint BasicFields = 0x7ff;

    /// <summary>What it is.</summary>
    public readonly FileKind Kind;

    /// <summary>The permissions.</summary>
    public readonly UnixFileMode Mode;

    /// <summary>The number of the owner.</summary>
    public readonly uint Owner;

    /// <summary>The number of the group.</summary>
    public readonly uint Group;

    /// <summary>The number of names (hard links).</summary>
    public readonly uint Names;

    /// <summary>The volume.</summary>
    public readonly ulong Device;

    /// <summary>The number on the volume (inode).</summary>
    public readonly ulong File;

    /// <summary>The length in bytes.</summary>
    public readonly long Length;

    /// <summary>The write time, in nanoseconds since 1970.</summary>
    public readonly long Modified;

    /// <summary>The time of the last change of content, name or attributes, in nanoseconds since 1970.</summary>
    public readonly long Changed;

    // struct statx, which is the same on all architectures; struct stat of macOS with 64-bit inode numbers.
    private UnixStatus(ReadOnlySpan<byte> status, bool isLinux)
    {
        ushort mode = MemoryMarshal.Read<ushort>(status[(isLinux ? 28 : 4)..]);
        Kind = (FileKind)(mode >> KindShift);
        Mode = (UnixFileMode)(mode & PermissionBits);
        Owner = MemoryMarshal.Read<uint>(status[(isLinux ? 20 : 16)..]);
        Group = MemoryMarshal.Read<uint>(status[(isLinux ? 24 : 20)..]);
        Names = isLinux ? MemoryMarshal.Read<uint>(status[16..]) : MemoryMarshal.Read<ushort>(status[6..]);
        Device = isLinux ? MemoryMarshal.Read<ulong>(status[136..]) : MemoryMarshal.Read<uint>(status);
        File = MemoryMarshal.Read<ulong>(status[(isLinux ? 32 : 8)..]);
        Length = MemoryMarshal.Read<long>(status[(isLinux ? 40 : 96)..]);
        Modified = ReadTime(status[(isLinux ? 112 : 48)..]);
        Changed = ReadTime(status[(isLinux ? 96 : 64)..]);
    }

    /// <summary>Reads the status of what a path leads to, without opening it.</summary>
    /// <param name="path">The path.</param>
    /// <param name="followsLink">Whether a link stands for what it leads to.</param>
    /// <param name="status">The status.</param>
    /// <returns>Whether something is there, and the system reports it.</returns>
    /// <exception cref="EntryPointNotFoundException">The C library lacks the function.</exception>
    public static unsafe bool TryRead(string path, bool followsLink, out UnixStatus status)
    {
        const int CurrentFolder = -100;
        const int NoFollow = 0x100;
        byte* bytes = stackalloc byte[StatusBytes];
        int result = OperatingSystem.IsLinux()
            ? StatX(CurrentFolder, path, followsLink ? 0 : NoFollow, BasicFields, bytes)
            : (followsLink, RuntimeInformation.ProcessArchitecture == Architecture.Arm64) switch
            {
                (true, true) => Stat(path, bytes),
                (true, false) => Stat64(path, bytes),
                (false, true) => LStat(path, bytes),
                (false, false) => LStat64(path, bytes),
            };
        return Take(result, bytes, out status);
    }

    /// <summary>Reads the status of an open file.</summary>
    /// <returns>Whether the system reports it.</returns>
    /// <exception cref="EntryPointNotFoundException">The C library lacks the function.</exception>
    public static unsafe bool TryRead(SafeFileHandle file, out UnixStatus status)
    {
        const int EmptyPath = 0x1000;
        byte* bytes = stackalloc byte[StatusBytes];
        int result = OperatingSystem.IsLinux() ? StatX(file, string.Empty, EmptyPath, BasicFields, bytes)
            : RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? FStat(file, bytes)
            : FStat64(file, bytes);
        return Take(result, bytes, out status);
    }

    private static unsafe bool Take(int result, byte* bytes, out UnixStatus status)
    {
        status = result == 0
            ? new UnixStatus(new ReadOnlySpan<byte>(bytes, StatusBytes), OperatingSystem.IsLinux())
            : default;
        return result == 0;
    }

    private static long ReadTime(ReadOnlySpan<byte> time) =>
        (MemoryMarshal.Read<long>(time) * Second) + MemoryMarshal.Read<uint>(time[sizeof(long)..]);

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
}
