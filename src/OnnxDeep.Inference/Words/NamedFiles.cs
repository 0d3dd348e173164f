using OnnxDeep.IO;

namespace OnnxDeep.Inference.Words;

/// <summary>
/// Files of one kind in some folders that can be referenced by name. Earlier folders take precedence.
/// </summary>
internal sealed class NamedFiles(string extension, params Func<string>[] directories)
{
    /// <summary>Returns the distinct names, sorted.</summary>
    public IReadOnlyList<string> GetNames() =>
    [
        .. directories.SelectMany(directory => GetFiles(directory()))
            .Where(file => !InputFile.IsSpecial(file))
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Returns the path of the file with this name; case is ignored. Null if there is none.</summary>
    public string? Find(string name)
    {
        foreach (Func<string> directory in directories)
        {
            string folder = directory();
            foreach (string file in GetFiles(folder))
            {
                ReadOnlySpan<char> found = Path.GetFileNameWithoutExtension(file.AsSpan());
                if (found.Equals(name, StringComparison.OrdinalIgnoreCase) && !InputFile.IsSpecial(file))
                {
                    return file;
                }
            }
        }

        return null;
    }

    /// <summary>Returns the path of a file, given its name or path; names take precedence.</summary>
    /// <param name="nameOrPath">The name or path from the user.</param>
    /// <param name="path">
    /// The same as a full path, if it is not relative to the current directory of the process.
    /// </param>
    /// <returns>The path, or null if there is no such file.</returns>
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

        // A name with its extension is accepted, too, unless the path itself is a file.
        path = Path.GetFullPath(path ?? nameOrPath);
        return File.Exists(path) ? path
            : nameOrPath == Path.GetFileName(nameOrPath)
                && nameOrPath.EndsWith(extension, StringComparison.OrdinalIgnoreCase)
                ? Find(nameOrPath[..^extension.Length])
            : null;
    }

    /// <summary>Returns the names for messages, or that there are none.</summary>
    public override string ToString() => GetNames() is { Count: > 0 } names ? string.Join(", ", names) : "(none)";

    private string[] GetFiles(string directory) =>
        Directory.Exists(directory) ? Directory.GetFiles(directory, "*" + extension) : [];
}
