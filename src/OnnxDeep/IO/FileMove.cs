using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.IO;

/// <summary>Renames complete files so that they have their new name at once or not at all.</summary>
internal static partial class FileMove
{
    private const int FileExists = 17;

    /// <summary>Renames a file; an existing one of the new name is replaced.</summary>
    /// <exception cref="IOException">The file cannot be renamed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be renamed.</exception>
    public static void Replace(string source, string target)
    {
        // The new file gets the access list, attributes and streams of the existing one.
        if (OperatingSystem.IsWindows() && File.Exists(target))
        {
            try
            {
                File.Replace(source, target, null, ignoreMetadataErrors: true);
                return;
            }
            catch (IOException)
            {
                // Not every file system supports it.
            }
        }

        File.Move(source, target, overwrite: true);
    }

    /// <summary>Renames a file unless the new name is taken, even if a process takes it at the same time.</summary>
    /// <returns>Whether the file was renamed.</returns>
    /// <exception cref="IOException">The file cannot be renamed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be renamed.</exception>
    public static bool TryCreate(string source, string target)
    {
        int error = RenameNew(source, target);
        if (error == 0)
        {
            return true;
        }

        return error != FileExists && (TryLink(source, target) ?? TryReserve(source, target));
    }

    /// <summary>
    /// Begins to write an open file to the disk and does not wait, so that less is left to do at its end.
    /// </summary>
    public static void BeginFlush(SafeFileHandle file)
    {
        const uint Write = 2;
        try
        {
            if (OperatingSystem.IsLinux())
            {
                _ = SyncRange(file, 0, 0, Write);
            }
        }
        catch (EntryPointNotFoundException)
        {
            // Then all of it is written at the end.
        }
    }

    /// <summary>Writes the names of a folder to the disk, so a rename survives a power failure.</summary>
    public static void FlushFolder(string folder)
    {
        // Windows writes names to a journal.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const int CloseOnExecuteOnLinux = 0x80000;
        const int CloseOnExecuteOnMac = 0x1000000;

        // Some file systems do not support it.
        using SafeFileHandle handle = OpenFolder(
            folder, OperatingSystem.IsLinux() ? CloseOnExecuteOnLinux : CloseOnExecuteOnMac);
        if (!handle.IsInvalid)
        {
            _ = FSync(handle);
        }
    }

    /// <summary>Renames a file where the system can do so without replacing another.</summary>
    /// <returns>0, or the number of the error.</returns>
    private static int RenameNew(string source, string target)
    {
        const int CurrentFolder = -100;
        const uint NoReplaceOnLinux = 1;
        const uint NoReplaceOnMac = 4;
        const int Unsupported = -1;
        try
        {
            if (OperatingSystem.IsLinux())
            {
                return RenameAt(CurrentFolder, source, CurrentFolder, target, NoReplaceOnLinux) == 0
                    ? 0
                    : Marshal.GetLastPInvokeError();
            }

            if (OperatingSystem.IsMacOS())
            {
                return RenameX(source, target, NoReplaceOnMac) == 0 ? 0 : Marshal.GetLastPInvokeError();
            }
        }
        catch (EntryPointNotFoundException)
        {
            // An older system.
        }

        return Unsupported;
    }

    /// <summary>Gives the file a second name and removes the first.</summary>
    /// <returns>Whether it has the new name; null if the file system does not support it.</returns>
    internal static bool? TryLink(string source, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        if (Link(source, target) != 0)
        {
            return Marshal.GetLastPInvokeError() == FileExists ? false : null;
        }

        File.Delete(source);
        return true;
    }

    /// <summary>Creates an empty file of the new name, which fails if there is one, and replaces it.</summary>
    /// <returns>Whether the file has the new name.</returns>
    internal static bool TryReserve(string source, string target)
    {
        try
        {
            if (!OperatingSystem.IsWindows())
            {
                new FileStream(target, FileMode.CreateNew, FileAccess.Write).Dispose();
            }
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }

        try
        {
            File.Move(source, target, overwrite: !OperatingSystem.IsWindows());
            return true;
        }
        catch (IOException) when (OperatingSystem.IsWindows() && File.Exists(target))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameAt(int sourceFolder, string source, int targetFolder, string target, uint flags);

    [LibraryImport("libc", EntryPoint = "renamex_np", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int RenameX(string source, string target, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string source, string target);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SyncRange(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle folder);
}
