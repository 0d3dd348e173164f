namespace OnnxDeep.IO;

/// <summary>
/// A file that appears whole or not at all: written beside its place under another name, then renamed.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    /// <summary>How the names of unfinished files end.</summary>
    public const string TemporaryExtension = ".tmp";

    private readonly string _path;
    private readonly string _temporary;
    private readonly OutputStream _stream;

    private AtomicFile(string path, string temporary, OutputStream stream)
    {
        _path = path;
        _temporary = temporary;
        _stream = stream;
    }

    /// <summary>What is written so far; its errors are <see cref="OnnxDeepException"/>s.</summary>
    public Stream Stream => _stream;

    /// <summary>Starts a file; its folder is made where it is missing.</summary>
    /// <exception cref="OnnxDeepException">The place cannot be written.</exception>
    public static AtomicFile Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string temporary = $"{path}.{Guid.NewGuid():N}{TemporaryExtension}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
            return new AtomicFile(path, temporary, new OutputStream(path, temporary));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(path, e);
        }
    }

    /// <summary>Runs <paramref name="write"/> on a temporary file and renames it to <paramref name="path"/>.</summary>
    /// <exception cref="OnnxDeepException">The place cannot be written; an older file there is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using AtomicFile file = Create(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Makes the folder and finds out whether files can be written there.</summary>
    /// <exception cref="OnnxDeepException">They cannot.</exception>
    public static void CheckFolder(string folder) => Create(Path.Combine(folder, "probe")).Dispose();

    /// <summary>
    /// Removes unfinished files that no living process writes to, such as those of one that was killed.
    /// </summary>
    /// <param name="folder">May be missing.</param>
    public static void RemoveAbandoned(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        string pattern = $"*.????????????????????????????????{TemporaryExtension}";
        foreach (string path in Directory.EnumerateFiles(folder, pattern))
        {
            try
            {
                // Whoever still writes holds the file alone, so that this cannot open it.
                using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or not ours to remove.
            }
        }
    }

    /// <summary>Creates the error <see cref="ErrorIds.OutputNotWritable"/>.</summary>
    public static OnnxDeepException NotWritable(string path, Exception cause) => new(
        ErrorIds.OutputNotWritable,
        $"'{path}' cannot be written: {cause.Message} Name a place that you may write.",
        cause);

    /// <summary>Gives the file the rights of another one: what only its owner may read stays so.</summary>
    public void KeepMode(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_stream.SafeFileHandle, File.GetUnixFileMode(path));
        }
    }

    /// <summary>Renames the finished file to its place.</summary>
    /// <exception cref="OnnxDeepException">The place cannot be written; an older file there is as it was.</exception>
    public void Commit()
    {
        try
        {
            _stream.Dispose();
            File.Move(_temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(_path, e);
        }
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
            File.Delete(_temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OnnxDeepException)
        {
            // The first error is the one to tell.
        }
    }
}
