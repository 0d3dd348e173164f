namespace OnnxDeep.Words.Formats.Archives;

/// <summary>Paths without symbolic links, at any place in them.</summary>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>The path with every link followed; what does not exist stays as it is.</summary>
    /// <returns>Null where links lead to each other.</returns>
    public static string? Of(string path)
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

    /// <summary>Whether a path is a folder or lies in it; both without links.</summary>
    public static bool IsInside(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (path.Length == folder.Length
            || Path.EndsInDirectorySeparator(folder)
            || path[folder.Length] == Path.DirectorySeparatorChar);
}
