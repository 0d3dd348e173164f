namespace OnnxDeep.IO;

/// <summary>Resolves paths that may be symbolic links, whose own length and time are meaningless.</summary>
internal static class FileTarget
{
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
}
