namespace OnnxDeep.IO;

/// <summary>
/// Decides whether only the user and the administrator can change a file that runs code or names code to run. The rule
/// is that of <c>safe_path</c> in OpenSSH: the file and every folder above it, with links resolved, belong to the user
/// or root, and neither the group nor others may write to them.
/// </summary>
/// <remarks>
/// OpenSSH also refuses sticky folders such as <c>/tmp</c>, where others may write but not replace what is not theirs.
/// They are accepted here above the folder of the file, because every folder below them is checked.
/// </remarks>
internal static class FileTrust
{
    private const uint Root = 0;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Opens a file by a path without links, whose folders <see cref="FindProblem"/> checks.</summary>
    /// <exception cref="OnnxDeepException">The path leads to a pipe, a device or a socket.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public static FileStream Open(string path) =>
        InputFile.OpenNamed(FileTarget.Resolve(path) ?? path);

    /// <summary>
    /// Returns what lets others change an open file, and how to fix it, as sentences; null if nobody else can.
    /// </summary>
    /// <param name="file">
    /// The file from <see cref="Open"/>. As nobody else can change its folders either, its path leads to it afterwards
    /// too.
    /// </param>
    /// <exception cref="IOException">The system does not report the owner of the file or a folder.</exception>
    public static string? FindProblem(FileStream file)
    {
        string? problem = OperatingSystem.IsWindows()
            ? Judge(file.Name, FileAccessList.Of(file), FileAccessList.GetCurrentUser(), PathRole.File)
            : Judge(file.Name, FileStatus.Of(file.SafeFileHandle), FileStatus.CurrentUser, PathRole.File);
        return problem ?? FindFolderProblem(Path.GetDirectoryName(file.Name)!);
    }

    /// <summary>
    /// Returns what lets others add a file to a folder, or replace one in it; null if nobody else can.
    /// </summary>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="IOException">The system does not report the owner of a folder.</exception>
    public static string? FindFolderProblem(string folder)
    {
        string? problem = null;
        PathRole role = PathRole.Folder;
        for (string? at = FileTarget.Resolve(folder) ?? folder;
            problem is null && at is not null;
            at = Path.GetDirectoryName(at))
        {
            problem = OperatingSystem.IsWindows()
                ? Judge(at, FileAccessList.Of(at), FileAccessList.GetCurrentUser(), role)
                : Judge(at, StatusOf(at), FileStatus.CurrentUser, role);
            role = PathRole.Ancestor;
        }

        return problem;
    }

    /// <summary>Takes the right to write, which some umasks grant, from everyone but the owner of a new file.</summary>
    public static void KeepOthersOut(FileStream file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(file.SafeFileHandle) & ~OthersWrite);
        }
    }

    /// <summary>Decides about one file or folder of Linux or macOS.</summary>
    /// <param name="path">The path, for the message.</param>
    /// <param name="status">Its owner and mode.</param>
    /// <param name="user">The number of the user.</param>
    /// <param name="role">What it is to the file.</param>
    internal static string? Judge(string path, FileStatus status, uint user, PathRole role)
    {
        bool isOwned = status.Owner == user || status.Owner == Root;
        bool isClosed = (status.Mode & OthersWrite) == 0
            || (role == PathRole.Ancestor && status.Mode.HasFlag(UnixFileMode.StickyBit));
        string sudo = user == Root ? string.Empty : "sudo ";
        string[] commands =
        [
            .. isOwned ? [] : new[] { $"{sudo}chown {user} {Quote(path)}" },
            .. isClosed ? [] : new[] { $"{(status.Owner == user ? string.Empty : sudo)}chmod go-w {Quote(path)}" },
        ];
        string mode = Convert.ToString((int)status.Mode, 8).PadLeft(4, '0');
        return commands.Length == 0 ? null : Explain(
            role,
            path,
            $"belongs to user {status.Owner} and has mode {mode}; it must belong to you (user {user}) or root, and "
            + "only its owner may write to it",
            commands);
    }

    /// <summary>Decides about one file or folder of Windows.</summary>
    /// <param name="path">The path, for the message.</param>
    /// <param name="access">Its owner and access list.</param>
    /// <param name="user">The security identifier of the user.</param>
    /// <param name="role">What it is to the file.</param>
    internal static string? Judge(string path, FileAccessList access, string user, PathRole role)
    {
        bool isOwned = access.IsOwnedBy(user);
        IReadOnlyList<string> others = access.FindOthers(user, role == PathRole.Ancestor);
        string[] commands =
        [
            .. isOwned ? [] : new[] { $"icacls {Quote(path)} /setowner '*{user}'" },
            .. others.Count == 0
                ? []
                : new[]
                {
                    $"icacls {Quote(path)} /inheritance:d",
                    $"icacls {Quote(path)} /remove:g {string.Join(' ', others.Select(sid => $"'*{sid}'"))}",
                },
        ];
        string writers = others.Count == 0 ? string.Empty : $" and can be changed by {string.Join(", ", others)}";
        return commands.Length == 0 ? null : Explain(
            role,
            path,
            $"belongs to {access.Owner}{writers}; it must belong to you or the system, and nobody else may change it",
            commands);
    }

    private static FileStatus StatusOf(string folder) => FileStatus.Of(folder)
        ?? throw new IOException($"The system does not report who owns the folder '{folder}'.");

    private static string Explain(PathRole role, string path, string state, string[] commands) =>
        $"{(role == PathRole.File ? "The file" : "The folder")} '{path}' {state}. Check its content, and then use "
        + $"a folder that only you can change, or run {string.Join("; ", commands)}";

    private static string Quote(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}

/// <summary>What a file or folder is to the file that is checked.</summary>
internal enum PathRole
{
    /// <summary>The file itself.</summary>
    File,

    /// <summary>The folder of the file, where others must not even add files.</summary>
    Folder,

    /// <summary>A folder above it.</summary>
    Ancestor,
}
