using System.Runtime.InteropServices;
using System.Text;

using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>
/// Gives a new file the owner, the permissions, the access list and the other attributes of the one that it replaces.
/// </summary>
internal static partial class FileSecurity
{
    private const string AccessLists = "system.posix_acl_";

    /// <summary>Copies what protects a file. On Windows, the rename does it.</summary>
    /// <param name="path">The existing file, which is not a link.</param>
    /// <param name="status">Its status.</param>
    /// <param name="target">The new file, which this user owns.</param>
    /// <returns>
    /// <see langword="false"/> if the new file would have another owner, or let others read it who may not.
    /// </returns>
    public static bool TryCopy(string path, FileStatus status, SafeFileHandle target)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        // In this order: a new owner takes away some permissions, and the group's are part of the access list.
        if (ChangeOwner(target, status.Owner, status.Group) != 0)
        {
            return false;
        }

        File.SetUnixFileMode(target, status.Mode);
        return OperatingSystem.IsMacOS() ? CopyOnMac(path, target) : CopyAttributes(path, target);
    }

    private static bool CopyAttributes(string path, SafeFileHandle target)
    {
        byte[] names = Read((buffer, size) => ListAttributes(path, buffer, size));
        foreach (string name in Encoding.UTF8.GetString(names).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            byte[] value = Read((buffer, size) => GetAttribute(path, name, buffer, size));

            // Only the system may set some of the others.
            if (SetAttribute(target, name, value, (nuint)value.Length, 0) != 0
                && name.StartsWith(AccessLists, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // The length may change between the two calls; then the value is empty.
    private static byte[] Read(Func<byte[], nuint, nint> read)
    {
        nint length = read([], 0);
        if (length <= 0)
        {
            return [];
        }

        byte[] buffer = new byte[length];
        return read(buffer, (nuint)length) is > 0 and nint count ? buffer[..(int)count] : [];
    }

    private static bool CopyOnMac(string path, SafeFileHandle target)
    {
        const uint AccessListAndAttributes = 0b101;
        using SafeFileHandle source = File.OpenHandle(path);
        return CopyFile(source, target, 0, AccessListAndAttributes) == 0;
    }

    [LibraryImport("libc", EntryPoint = "fchown")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ChangeOwner(SafeFileHandle file, uint owner, uint group);

    [LibraryImport("libc", EntryPoint = "listxattr", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint ListAttributes(string path, [Out] byte[] names, nuint size);

    [LibraryImport("libc", EntryPoint = "getxattr", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetAttribute(string path, string name, [Out] byte[] value, nuint size);

    [LibraryImport("libc", EntryPoint = "fsetxattr", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAttribute(
        SafeFileHandle file, string name, byte[] value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "fcopyfile")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CopyFile(SafeFileHandle source, SafeFileHandle target, nint state, uint flags);
}
