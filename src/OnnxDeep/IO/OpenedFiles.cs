namespace OnnxDeep.IO;

/// <summary>The files that an object was opened from, each as it was then.</summary>
/// <param name="Files">The paths, and what they led to; the first is the main file.</param>
internal sealed record OpenedFiles((string Path, FileIdentity Identity)[] Files)
{
    /// <summary>A single file.</summary>
    /// <param name="path">The path that was opened.</param>
    /// <param name="stream">The open file.</param>
    public static OpenedFiles Of(string path, FileStream stream) => new([(path, FileIdentity.Of(stream))]);

    /// <summary>The same files and some more, each as it is now.</summary>
    /// <returns>This object if there are no more.</returns>
    public OpenedFiles With(IReadOnlyList<string> paths) =>
        paths.Count == 0 ? this : new OpenedFiles([.. Files, .. paths.Select(path => (path, IdentifyOrDefault(path)))]);

    /// <summary>The length of the main file, in bytes.</summary>
    public long Length => Files[0].Identity.Length;

    /// <summary>The length of all files, in bytes.</summary>
    public long TotalLength
    {
        get
        {
            long total = 0;
            foreach ((_, FileIdentity identity) in Files)
            {
                total += identity.Length;
            }

            return total;
        }
    }

    /// <summary>Whether every path still leads to the same content.</summary>
    public bool AreCurrent()
    {
        foreach ((string path, FileIdentity identity) in Files)
        {
            if (IdentifyOrDefault(path) != identity)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether the main file still has the same content, although other files may have taken its name.
    /// </summary>
    /// <param name="stream">The main file, open since before it was identified.</param>
    public bool IsUnchanged(FileStream stream)
    {
        // To remove a name changes the time of the last change.
        FileIdentity now = FileIdentity.Of(stream);
        return now.Length == Length && now.Modified == Files[0].Identity.Modified;
    }

    /// <summary>Whether a change after this time would show.</summary>
    public bool AreSettledAt(DateTimeOffset time)
    {
        foreach ((_, FileIdentity identity) in Files)
        {
            if (!identity.IsSettledAt(time))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Throws if a path leads to other content now.</summary>
    /// <exception cref="OnnxDeepException">A file was replaced or changed.</exception>
    public void Check()
    {
        if (!AreCurrent())
        {
            throw Changed(Files[0].Path);
        }
    }

    /// <summary>Throws if one of the files is a pipe, a device or a socket, which native code would wait for.</summary>
    /// <exception cref="OnnxDeepException">A file is not a regular one.</exception>
    public void CheckKinds()
    {
        foreach ((string path, FileIdentity identity) in Files)
        {
            InputFile.Check(path, identity);
        }
    }

    /// <summary>Creates the error for a file that another program changes at the same time.</summary>
    public static OnnxDeepException Changed(string path) => new(
        ErrorIds.FileChanged,
        $"The file '{path}', or one that belongs to it, was replaced or changed while it was used. "
        + "Wait until the program that writes it has finished, and try again.");

    // A file that cannot be opened differs from every file.
    private static FileIdentity IdentifyOrDefault(string path)
    {
        try
        {
            return FileIdentity.Of(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OnnxDeepException)
        {
            return default;
        }
    }
}
