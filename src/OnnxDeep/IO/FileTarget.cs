namespace OnnxDeep.IO;

/// <summary>The file itself behind a path that may be a symbolic link, whose own length and time say nothing.</summary>
internal static class FileTarget
{
    /// <summary>The final target's facts.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
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
