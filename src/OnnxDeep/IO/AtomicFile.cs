namespace OnnxDeep.IO;

/// <summary>Files that appear whole or not at all: written beside their place under another name, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Runs <paramref name="write"/> on a temporary file and renames it to <paramref name="path"/>.</summary>
    /// <exception cref="OutputException">The place cannot be written; an older file there is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e)
        {
            Discard(temporary);
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new OutputException(path, e);
            }

            throw;
        }
    }

    /// <summary>Makes the folder and finds out whether files can be written there.</summary>
    /// <exception cref="OutputException">They cannot.</exception>
    public static void CheckFolder(string folder)
    {
        string probe = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        Write(probe, _ => { });
        Discard(probe);
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It could not even be made; the first error is the one to tell.
        }
    }
}
