namespace OnnxDeep.IO;

/// <summary>
/// An open file that is in use, so changes of it matter. While it is open, the system locks it as far as it does so.
/// </summary>
/// <param name="file">Open for reading.</param>
/// <param name="files">The file, as it was when it was opened.</param>
internal sealed class FileWatch(FileStream file, OpenedFiles files) : IDisposable
{
    private long _checkedAt;

    /// <summary>Whether other programs wait for this one before they write; see <see cref="FileLease"/>.</summary>
    public bool IsLeased { get; init; }

    /// <summary>Opens the files that belong to a main one.</summary>
    /// <param name="files">The main file, and those that are opened; one that is missing is left out.</param>
    /// <exception cref="OnnxDeepException">A file is no longer the one that was identified.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public static IReadOnlyList<FileWatch> OpenParts(OpenedFiles files)
    {
        var opened = new List<FileWatch>();
        try
        {
            foreach ((string path, FileIdentity identity) in files.Files.Skip(1))
            {
                if (identity == default)
                {
                    continue;
                }

                FileStream file = InputFile.Open(path, bufferSize: 0);
                opened.Add(new FileWatch(file, new OpenedFiles([(path, identity)])));
                if (FileIdentity.Of(file) != identity)
                {
                    throw OpenedFiles.Changed(path);
                }
            }

            return opened;
        }
        catch
        {
            opened.ForEach(watch => watch.Dispose());
            throw;
        }
    }

    /// <summary>Throws if the file was changed. Looks once in a millisecond, so it can be called often.</summary>
    /// <exception cref="OnnxDeepException">The file was changed.</exception>
    public void Check()
    {
        if (Volatile.Read(ref _checkedAt) != Environment.TickCount64)
        {
            CheckNow();
        }
    }

    /// <summary>Throws if the file was changed.</summary>
    /// <exception cref="OnnxDeepException">The file was changed, or another program waits to do so.</exception>
    public void CheckNow()
    {
        long now = Environment.TickCount64;
        if (!files.IsUnchanged(file) || (IsLeased && FileLease.IsWanted(file.SafeFileHandle)))
        {
            throw OpenedFiles.Changed(files.Files[0].Path);
        }

        Volatile.Write(ref _checkedAt, now);
    }

    /// <summary>Throws if another open file is not this one, or if this one was changed.</summary>
    /// <exception cref="OnnxDeepException">It is another file, or the file was changed.</exception>
    public void CheckIs(FileStream other)
    {
        (FileIdentity own, FileIdentity given) = (FileIdentity.Of(file), FileIdentity.Of(other));
        if ((own.Device, own.File) != (given.Device, given.File))
        {
            throw OpenedFiles.Changed(files.Files[0].Path);
        }

        CheckNow();
    }

    /// <summary>Reads a range of bytes from the file.</summary>
    /// <exception cref="OnnxDeepException">The file became shorter.</exception>
    public void Read(long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file.SafeFileHandle, bytes, offset);
            bytes = read > 0 ? bytes[read..] : throw OpenedFiles.Changed(files.Files[0].Path);
            offset += read;
        }
    }

    /// <summary>Lets other programs write, and keeps the file open.</summary>
    public void Release()
    {
        if (IsLeased)
        {
            FileLease.Release(file.SafeFileHandle);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();
}
