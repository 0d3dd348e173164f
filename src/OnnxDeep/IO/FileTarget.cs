namespace OnnxDeep.IO;

/// <summary>Resolves paths that may be symbolic links, whose own length and time are meaningless.</summary>
internal static class FileTarget
{
    // The same limit as Linux.
    private const int MostLinks = 40;

    /// <summary>Finds the final target of a path.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static FileInfo Find(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
        {
            file = target;
        }

        return file.Exists ? file : throw new FileNotFoundException($"There is no file '{path}'.", path);
    }

    /// <summary>Follows every link in a path; parts that do not exist are unchanged.</summary>
    /// <returns>The resolved path; null if links form a cycle.</returns>
    public static string? Resolve(string path)
    {
        path = Path.GetFullPath(path);
        int links = 0;
        for (int end = Path.GetPathRoot(path)!.Length; end < path.Length;)
        {
            int separator = path.IndexOf(Path.DirectorySeparatorChar, end);
            int next = separator < 0 ? path.Length : separator;
            string part = path[..next];
            if (new FileInfo(part).LinkTarget is string target)
            {
                if (++links > MostLinks)
                {
                    return null;
                }

                string full = Path.GetFullPath(target, Path.GetDirectoryName(part)!);
                path = Path.TrimEndingDirectorySeparator(full) + path[next..];
                end = Path.GetPathRoot(path)!.Length;
            }
            else
            {
                end = next + 1;
            }
        }

        return path;
    }

    /// <summary>Whether a path is a folder or is inside it; both must be free of links.</summary>
    public static bool IsInside(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length
            || Path.EndsInDirectorySeparator(folder)
            || path[folder.Length] == Path.DirectorySeparatorChar);
}
