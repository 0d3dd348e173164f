namespace OnnxDeep.Words.Formats.Archives;

/// <summary>
/// Names inside archives and folders. Nothing is unpacked by name, and still a name that climbs out is refused.
/// </summary>
internal static class ArchiveName
{
    /// <summary>The name with slashes, without a leading "./".</summary>
    /// <param name="path">The archive, for errors.</param>
    /// <param name="name">As the archive has it.</param>
    /// <exception cref="FileFormatException">The name leaves the archive.</exception>
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
                $"names that stay inside the archive, found '{name.Replace("\0", "\\0", StringComparison.Ordinal)}'",
                "Do not trust this file; download it again from its publisher.");
        }

        return normal.StartsWith("./", StringComparison.Ordinal) ? normal[2..] : normal;
    }

    /// <summary>The error for a member that is a link to somewhere else.</summary>
    public static FileFormatException Link(string path, string name) => new(
        ErrorIds.VectorsArchiveUnsafe,
        path,
        0,
        $"a file '{name}', found a symbolic link",
        "Copy the file itself to its place.");
}
