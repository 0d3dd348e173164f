using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>
/// What identifies the content of an open file without reading it. It differs for another file under the same name,
/// and after every change of a file, even one that keeps the length and the write time.
/// </summary>
/// <param name="Device">The volume; 0 if the system does not say.</param>
/// <param name="File">The file's number on its volume (inode); 0 if the system does not say.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Modified">The write time, in nanoseconds since 1970.</param>
/// <param name="Changed">
/// The time of the last change of content, name or attributes, which programs cannot set; 0 if the system does not say.
/// </param>
internal readonly partial record struct FileIdentity(
    ulong Device, ulong File, long Length, long Modified, long Changed)
{
    private const long Second = 1_000_000_000;

    // The clocks of file systems count seconds, or tick at least 100 times a second.
    private const long CoarseTick = 2 * Second;
    private const long FineTick = Second / 50;

    // Fields, because a process compiles each property before it classifies its first word.
    public readonly ulong Device = Device;

    public readonly ulong File = File;

    public readonly long Length = Length;

    public readonly long Modified = Modified;

    public readonly long Changed = Changed;

    /// <summary>What the file is; a regular file if the system does not say.</summary>
    public FileKind Kind { get; init; } = FileKind.File;

    /// <summary>Whether nothing differs.</summary>
    public bool Equals(FileIdentity other) => Device == other.Device
        && File == other.File
        && Length == other.Length
        && Modified == other.Modified
        && Changed == other.Changed
        && Kind == other.Kind;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Device, File, Length, Modified, Changed);

    /// <summary>Identifies an open file.</summary>
    public static FileIdentity Of(FileStream stream) => Of(stream.SafeFileHandle);

    /// <summary>Identifies the file that a path leads to.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public static FileIdentity Of(string path)
    {
        // Without opening it, which takes several times as long.
        if (OperatingSystem.IsLinux() && OfLinux(path) is FileIdentity identity)
        {
            return identity;
        }

        using SafeFileHandle handle = InputFile.OpenHandle(
            path, out _, share: FileShare.ReadWrite | FileShare.Delete);
        return Of(handle);
    }

    /// <summary>
    /// Whether a change after this time shows in the identity. Two changes within one tick of the file system's clock
    /// have the same times.
    /// </summary>
    public bool IsSettledAt(DateTimeOffset time)
    {
        long last = Changed > 0 ? Changed : Modified;
        long elapsed = ((time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick) - last;
        return Math.Abs(elapsed) > (last % Second == 0 ? CoarseTick : FineTick);
    }

    /// <summary>Identifies an open file.</summary>
    public static FileIdentity Of(SafeFileHandle handle)
    {
        try
        {
            FileIdentity? identity = OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? OfUnix(handle)
                : OperatingSystem.IsWindows() ? OfWindows(handle)
                : null;
            return identity ?? OfTimes(handle);
        }
        catch (EntryPointNotFoundException)
        {
            return OfTimes(handle);
        }
    }

    private static FileIdentity OfTimes(SafeFileHandle handle) => new(
        0,
        0,
        RandomAccess.GetLength(handle),
        (System.IO.File.GetLastWriteTimeUtc(handle) - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick,
        0);

    private static FileIdentity Of(in UnixStatus status) =>
        new(status.Device, status.File, status.Length, status.Modified, status.Changed) { Kind = status.Kind };

    private static FileIdentity? OfUnix(SafeFileHandle handle) =>
        UnixStatus.TryRead(handle, out UnixStatus status) ? Of(status) : null;

    private static FileIdentity? OfLinux(string path)
    {
        try
        {
            return UnixStatus.TryRead(path, followsLink: true, out UnixStatus status) ? Of(status) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    // BY_HANDLE_FILE_INFORMATION for the file, FILE_BASIC_INFO for its times.
    private static unsafe FileIdentity? OfWindows(SafeFileHandle handle)
    {
        const int Disk = 1;
        const int Character = 2;
        const int BasicInfoClass = 0;
        const int BasicInfoBytes = 40;
        if (GetFileType(handle) is not Disk and int type)
        {
            return new FileIdentity(0, 0, 0, 0, 0)
            {
                Kind = type == Character ? FileKind.CharacterDevice : FileKind.Pipe,
            };
        }

        Span<byte> file = stackalloc byte[52];
        Span<byte> times = stackalloc byte[BasicInfoBytes];
        fixed (byte* fileStart = file)
        fixed (byte* timesStart = times)
        {
            if (GetFileInformationByHandle(handle, fileStart) == 0
                || GetFileInformationByHandleEx(handle, BasicInfoClass, timesStart, BasicInfoBytes) == 0)
            {
                return null;
            }
        }

        return new FileIdentity(
            MemoryMarshal.Read<uint>(file[28..]),
            ((ulong)MemoryMarshal.Read<uint>(file[44..]) << 32) | MemoryMarshal.Read<uint>(file[48..]),
            ((long)MemoryMarshal.Read<uint>(file[32..]) << 32) | MemoryMarshal.Read<uint>(file[36..]),
            ReadFileTime(times[16..]),
            ReadFileTime(times[24..]));
    }

    private static long ReadFileTime(ReadOnlySpan<byte> time) =>
        (MemoryMarshal.Read<long>(time) - DateTime.UnixEpoch.ToFileTimeUtc()) * TimeSpan.NanosecondsPerTick;

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int GetFileType(SafeFileHandle file);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static unsafe partial int GetFileInformationByHandle(SafeFileHandle file, byte* information);

    [LibraryImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static unsafe partial int GetFileInformationByHandleEx(
        SafeFileHandle file, int kind, byte* information, uint length);
}
