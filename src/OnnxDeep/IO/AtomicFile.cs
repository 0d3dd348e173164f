namespace OnnxDeep.IO;

/// <summary>Files that appear whole or not at all: written beside their place under another name, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Runs <paramref name="write"/> on a temporary file and renames it to <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The folder cannot be written; an older file at the path is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
