namespace OnnxDeep.Inference.Words;

/// <summary>Files of one kind in some folders, where a bare name is enough. The first folder goes first.</summary>
internal sealed class NamedFiles(string extension, params Func<string>[] directories)
{
    /// <summary>The names, sorted, each once.</summary>
    public IReadOnlyList<string> GetNames() =>
    [
        .. directories.SelectMany(directory => GetNames(directory()))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The file of a name, whatever its case; null where there is none.</summary>
    public string? Find(string name)
    {
        foreach (Func<string> directory in directories)
        {
            string folder = directory();
            if (GetNames(folder).Find(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is string found)
            {
                return Path.Combine(folder, found + extension);
            }
        }

        return null;
    }

    /// <summary>The file of a name or a path; the name goes first.</summary>
    /// <param name="nameOrPath">What the user gave.</param>
    /// <param name="path">The same as a full path, where it is not the process's folder that counts.</param>
    /// <returns>Null where there is neither.</returns>
    public string? Resolve(string nameOrPath, string? path)
    {
        if (nameOrPath.Contains('\0'))
        {
            return null;
        }

        if (Find(nameOrPath) is string named)
        {
            return named;
        }

        // The file's whole name will do too, unless there is such a file where the user is.
        path = Path.GetFullPath(path ?? nameOrPath);
        return File.Exists(path) ? path
            : nameOrPath == Path.GetFileName(nameOrPath)
                && nameOrPath.EndsWith(extension, StringComparison.OrdinalIgnoreCase)
                ? Find(nameOrPath[..^extension.Length])
            : null;
    }

    /// <summary>For messages: the names, or that there are none.</summary>
    public override string ToString() => GetNames() is { Count: > 0 } names ? string.Join(", ", names) : "(none)";

    private List<string> GetNames(string directory) => Directory.Exists(directory)
        ?
        [
            .. Directory.EnumerateFiles(directory, "*" + extension)
                .Select(file => Path.GetFileNameWithoutExtension(file)),
        ]
        : [];
}
