namespace OnnxDeep.IO;

/// <summary>
/// Explains why a path does not lead to a file that can be opened, where it would be wrong to say that nothing is
/// there.
/// </summary>
internal static class PathProblem
{
    /// <summary>Gets the error for a folder, a broken link, or a folder that must not be entered.</summary>
    /// <param name="path">The path of a file that is to be read.</param>
    /// <returns>Null if there is a file, or really nothing.</returns>
    public static OnnxDeepException? Find(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        path = Path.GetFullPath(path);
        string? target = Resolve(path);
        return target is null ? Broken(path, path)
            : Directory.Exists(target) ? new OnnxDeepException(
                ErrorIds.PathIsDirectory, $"'{path}' is a folder, but a file is needed. Specify a file in it.")
            : File.Exists(target) ? null
            : FindClosedFolder(target) is string folder ? new OnnxDeepException(
                ErrorIds.FileNotReadable,
                $"'{path}' cannot be read, because you have no permission to enter '{folder}'. "
                + "Ask its owner for the permission, or specify another file.")
            : IsLink(path) ? Broken(path, target)
            : null;
    }

    private static OnnxDeepException Broken(string path, string target) => new(
        ErrorIds.LinkBroken,
        $"'{path}' is a symbolic link to '{target}', which does not lead to a file. "
        + "Correct the link, or specify the file itself.");

    // Null if links lead in a circle.
    private static string? Resolve(string path)
    {
        try
        {
            return FileTarget.Resolve(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }

    // The folder that keeps its content secret.
    private static string? FindClosedFolder(string path)
    {
        try
        {
            File.GetAttributes(path);
        }
        catch (UnauthorizedAccessException)
        {
            string? folder = Path.GetDirectoryName(path);
            while (folder is not null && !Directory.Exists(folder))
            {
                folder = Path.GetDirectoryName(folder);
            }

            return folder ?? path;
        }
        catch (IOException)
        {
            // Nothing is there.
        }

        return null;
    }

    private static bool IsLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
