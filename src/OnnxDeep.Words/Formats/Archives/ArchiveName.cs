namespace OnnxDeep.Words.Formats.Archives;

/// <summary>
/// Checks names in archives and folders. Nothing is unpacked by name, but names that lead outside are rejected anyway.
/// </summary>
internal static class ArchiveName
{
    /// <summary>The name with slashes, without a leading "./".</summary>
    /// <param name="path">The archive's path, for errors.</param>
    /// <param name="name">The name as stored in the archive.</param>
    /// <exception cref="FileFormatException">The name leads outside the archive.</exception>
    public static string Check(string path, string name)
    {
        string normal = name.Replace('\\', '/');
        if (normal.StartsWith('/')
            || normal.Contains('\0')
            || normal is [_, ':', ..]
            || normal.Split('/').Contains(".."))
        {
            throw new FileFormatException(
                ErrorIds.VectorsArchiveUnsafe,
                path,
                0,
                $"names inside the archive, found '{name.Replace("\0", "\\0", StringComparison.Ordinal)}'",
                "Do not trust this file; download it again from its publisher.");
        }

        return normal.StartsWith("./", StringComparison.Ordinal) ? normal[2..] : normal;
    }

    /// <summary>Creates the error for a file that is a symbolic link.</summary>
    public static FileFormatException Link(string path, string name) => new(
        ErrorIds.VectorsArchiveUnsafe,
        path,
        0,
        $"a file '{name}', found a symbolic link",
        "Replace the link with the file itself.");
}
