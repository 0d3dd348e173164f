namespace OnnxDeep.IO;

/// <summary>
/// A file that appears complete or not at all: it is written under another name in the same folder, then renamed.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    /// <summary>The extension of unfinished files.</summary>
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

    /// <summary>The stream to write to; its errors are <see cref="OnnxDeepException"/>s.</summary>
    public Stream Stream => _stream;

    /// <summary>Starts a file, and creates its folder if needed.</summary>
    /// <exception cref="OnnxDeepException">The path cannot be written.</exception>
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
    /// <exception cref="OnnxDeepException">The path cannot be written; any existing file is unchanged.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using AtomicFile file = Create(path);
        write(file.Stream);
        file.Commit();
    }

    /// <summary>Creates the folder and checks that files can be written to it.</summary>
    /// <exception cref="OnnxDeepException">The folder is not writable.</exception>
    public static void CheckFolder(string folder) => Create(Path.Combine(folder, "probe")).Dispose();

    /// <summary>
    /// Deletes unfinished files that no running process is writing, such as those left by a killed process.
    /// </summary>
    /// <param name="folder">The folder, which may not exist.</param>
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
                // A process that is still writing has opened the file without sharing, so this fails.
                using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or not ours to delete.
            }
        }
    }

    /// <summary>Creates the error <see cref="ErrorIds.OutputNotWritable"/>.</summary>
    public static OnnxDeepException NotWritable(string path, Exception cause) => new(
        ErrorIds.OutputNotWritable,
        $"'{path}' cannot be written: {cause.Message.TrimEnd('.')}. Choose a location that you can write to.",
        cause);

    /// <summary>Copies the permissions of another file, so a private file stays private.</summary>
    public void KeepMode(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_stream.SafeFileHandle, File.GetUnixFileMode(path));
        }
    }

    /// <summary>Renames the finished file to its final name.</summary>
    /// <exception cref="OnnxDeepException">The path cannot be written; any existing file is unchanged.</exception>
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

    /// <summary>Deletes the file if it was not committed.</summary>
    public void Dispose()
    {
        try
        {
            _stream.Dispose();
            File.Delete(_temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OnnxDeepException)
        {
            // Report the first error rather than this one.
        }
    }

    /// <summary>A new file whose errors, such as a full disk, name the path that it is meant for.</summary>
    private sealed class OutputStream(string target, string path)
        : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None)
    {
        public override void Write(byte[] buffer, int offset, int count) =>
            Guard(() => base.Write(buffer, offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                base.Write(buffer);
            }
            catch (IOException e)
            {
                throw NotWritable(target, e);
            }
        }

        public override void SetLength(long value) => Guard(() => base.SetLength(value));

        public override void Flush(bool flushToDisk) => Guard(() => base.Flush(flushToDisk));

        private void Guard(Action action)
        {
            try
            {
                action();
            }
            catch (IOException e)
            {
                throw NotWritable(target, e);
            }
        }
    }
}
