using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats;

/// <summary>
/// The files that one import reads. They stay open and locked as far as the system does it, and must not change until
/// the import ends: a table of old and new numbers would look like any other.
/// </summary>
/// <param name="temporaryFolder">
/// The folder in which to decompress a file for a reader that needs random access.
/// </param>
/// <param name="stop">Cancels the reading while the source is opened, and all decompression.</param>
internal sealed class SourceFiles(string temporaryFolder, CancellationToken stop) : IDisposable
{
    private readonly Dictionary<string, FileWatch> _watches = new(StringComparer.Ordinal);

    /// <summary>The folder in which to decompress a file.</summary>
    public string TemporaryFolder => temporaryFolder;

    /// <summary>Cancels the reading and the decompression.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Opens a file for large sequential reads, and therefore without a buffer.</summary>
    /// <exception cref="OnnxDeepException">
    /// The path leads to a pipe, a device or a socket, or to another file than before.
    /// </exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public FileStream Open(string path)
    {
        path = FileTarget.Find(path).FullName;
        FileStream file = InputFile.Open(path, bufferSize: 0, FileOptions.SequentialScan);
        try
        {
            Watch(path, file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Includes a file that a reader of another library has opened.</summary>
    /// <param name="path">The path that was opened, without links.</param>
    /// <param name="file">The open file.</param>
    /// <exception cref="OnnxDeepException">The path leads to another file now.</exception>
    public void Watch(string path, FileStream file)
    {
        if (!_watches.TryGetValue(path, out FileWatch? watch))
        {
            // Readers close their own streams.
            FileStream own = InputFile.Open(path, bufferSize: 0);
            watch = new FileWatch(own, OpenedFiles.Of(path, own));
            _watches.Add(path, watch);
        }

        watch.CheckIs(file);
    }

    /// <summary>Throws if a file was changed since it was opened first.</summary>
    /// <exception cref="OnnxDeepException">A file was changed.</exception>
    public void Check()
    {
        foreach (FileWatch watch in _watches.Values)
        {
            watch.CheckNow();
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (FileWatch watch in _watches.Values)
        {
            watch.Dispose();
        }
    }
}
