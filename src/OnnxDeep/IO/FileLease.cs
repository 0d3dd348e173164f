using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>
/// Makes other programs wait before they write to a file: on Linux, opening it to write and cutting it off block until
/// the lease is released, or for 45 seconds unless the system is set up otherwise. Whoever takes one must look often
/// whether it is wanted.
/// </summary>
internal static partial class FileLease
{
    private const int SetSignal = 10;
    private const int SetLease = 1024;
    private const int GetLease = 1025;
    private const int ReadLease = 0;
    private const int NoLease = 2;

    // The signal for a wanted lease; this one has no effect.
    private const int UrgentSignal = 23;

    /// <summary>Takes a lease that ends when it is released or the file is closed.</summary>
    /// <param name="file">Open for reading only.</param>
    /// <returns>
    /// <see langword="false"/> if another program has the file open to write, if it belongs to another user, or if the
    /// system or the file system has no leases.
    /// </returns>
    public static bool TryTake(SafeFileHandle file) => OperatingSystem.IsLinux()
        && Control(file, SetSignal, UrgentSignal) == 0
        && Control(file, SetLease, ReadLease) == 0;

    /// <summary>Whether another program waits until the lease is released, or no longer does.</summary>
    public static bool IsWanted(SafeFileHandle file) => Control(file, GetLease, 0) != ReadLease;

    /// <summary>Lets others write.</summary>
    public static void Release(SafeFileHandle file) => _ = Control(file, SetLease, NoLease);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}
