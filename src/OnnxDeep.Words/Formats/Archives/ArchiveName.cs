namespace OnnxDeep.Words.Formats.Archives;

/// <summary>
/// Checks names in archives and folders, and finds the one that a user means. Nothing is unpacked by name, but
/// names that lead outside are rejected anyway.
/// </summary>
internal static class ArchiveName
{
    private const int MostShown = 10;

    private static readonly string[] s_textNames = ["readme", "license", "licence", "copying", "notice", "changelog"];
    private static readonly string[] s_textExtensions = [".md", ".rst"];

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

    /// <summary>Finds the named file, or the only one that can contain data.</summary>
    /// <param name="path">The archive's path, for errors.</param>
    /// <param name="names">The names of its files.</param>
    /// <param name="entry">A full name or a file name, ignoring case; null if the user did not name one.</param>
    /// <exception cref="FileFormatException">No file matches, or several do.</exception>
    public static string Choose(string path, IEnumerable<string> names, string? entry)
    {
        string[] files = [.. names.Where(name => !IsHidden(name)).Order(StringComparer.Ordinal)];
        string[] found = entry is null ? WithData(files) : [.. files.Where(name => Is(name, entry))];

        // A full name has priority over the same name in another folder.
        return found.Length == 1
            ? found[0]
            : Array.Find(found, name => name == entry)
                ?? throw Ambiguous(path, "file", found.Length > 0 ? found : files, entry);
    }

    /// <summary>Creates the error for several matches or none.</summary>
    /// <param name="path">The path of the archive or model.</param>
    /// <param name="kind">"file" or "tensor".</param>
    /// <param name="candidates">The available names.</param>
    /// <param name="entry">The name that the user gave.</param>
    public static FileFormatException Ambiguous(
        string path, string kind, IReadOnlyCollection<string> candidates, string? entry)
    {
        string wanted = $"one {kind} {(entry is null ? "with vectors" : $"'{entry}'")}";
        if (candidates.Count == 0)
        {
            return new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                path,
                0,
                $"{wanted}, found no {kind} at all",
                "Check that this is the right file.");
        }

        string shown = string.Join(", ", candidates.Take(MostShown).Select(name => $"'{name}'"));
        string more = candidates.Count > MostShown ? $" and {candidates.Count - MostShown} more" : string.Empty;
        return new FileFormatException(
            ErrorIds.VectorsAmbiguous,
            path,
            0,
            $"{wanted}, found {shown}{more}",
            "Specify the one to read.");
    }

    private static string[] WithData(string[] files) =>
        files.Length > 1 ? Array.FindAll(files, name => !IsText(name)) : files;

    private static bool Is(string name, string entry) =>
        name.Equals(entry, StringComparison.OrdinalIgnoreCase)
        || Path.GetFileName(name).Equals(entry, StringComparison.OrdinalIgnoreCase);

    private static bool IsHidden(string name) =>
        name.StartsWith("__MACOSX/", StringComparison.Ordinal) || Path.GetFileName(name).StartsWith('.');

    private static bool IsText(string name)
    {
        string file = Path.GetFileName(name);
        return Array.Exists(s_textNames, text => file.StartsWith(text, StringComparison.OrdinalIgnoreCase))
            || Array.Exists(s_textExtensions, text => file.EndsWith(text, StringComparison.OrdinalIgnoreCase));
    }
}
