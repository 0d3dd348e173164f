using System.Security.Cryptography;
using System.Text.Json;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Download;

/// <summary>
/// An unfinished file beside its destination. It is kept between calls, together with a description of the complete
/// file. Its SHA-256 is updated as it grows.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    /// <summary>The extension of unfinished files.</summary>
    public const string Extension = ".part";

    private const string StateExtension = ".json";
    private const int BufferLength = 1 << 17;

    private static readonly TimeSpan s_resumableAge = TimeSpan.FromDays(29);

    private readonly string _path;
    private readonly string _partPath;
    private readonly string _statePath;
    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartialFile(string path, FileStream stream)
    {
        _path = path;
        _partPath = path + Extension;
        _statePath = _partPath + StateExtension;
        _stream = stream;
    }

    /// <summary>The number of bytes in the file and in the SHA-256.</summary>
    public long Length { get; private set; }

    /// <summary>The number of bytes that an earlier call received.</summary>
    public long ResumedLength { get; private set; }

    /// <summary>The description of the complete file; null if nothing has been received.</summary>
    public PartialFileState? State { get; private set; }

    /// <summary>Opens or creates the unfinished file for a destination, with exclusive access.</summary>
    /// <param name="path">The path of the complete file; its folder is created if needed.</param>
    /// <exception cref="OnnxDeepException">The file cannot be written, or another process is using it.</exception>
    public static PartialFile Open(string path)
    {
        try
        {
            string folder = Path.GetDirectoryName(path) ?? path;
            Directory.CreateDirectory(folder);
            Leftovers.Once(folder, IsForDownloadsOnly(folder) ? Sweep : Leftovers.Sweep);
            return new PartialFile(path, OpenOwn(path + Extension));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(path, e);
        }
    }

    /// <summary>
    /// Keeps the bytes of an earlier call if they are the beginning of the requested file; otherwise empties the file.
    /// </summary>
    /// <param name="request">The file to download.</param>
    /// <param name="progress">Called with the number of bytes read again and their total.</param>
    /// <param name="stop">Cancels the reading; the bytes are kept.</param>
    /// <exception cref="OnnxDeepException">The file cannot be read or written.</exception>
    public void Resume(DownloadRequest request, Action<long, long> progress, CancellationToken stop)
    {
        long length = _stream.Length;
        State = length > 0 ? ReadState() : null;
        if (State is null
            || State.Uri != request.Uri.AbsoluteUri
            || length > (request.Length ?? State.Length ?? request.MaximumLength)
            || (request.Length is not null && State.Length is not null && request.Length != State.Length)
            || (State.Condition is null && request.Sha256 is null))
        {
            Clear();
            return;
        }

        byte[] buffer = new byte[BufferLength];
        for (int read; (read = Guard(() => _stream.Read(buffer))) > 0; Length += read)
        {
            stop.ThrowIfCancellationRequested();
            _hash.AppendData(buffer, 0, read);
            progress(Length + read, length);
        }

        ResumedLength = Length;
    }

    /// <summary>Empties the file.</summary>
    /// <exception cref="OnnxDeepException">The file cannot be written.</exception>
    public void Clear() => Guard(() =>
    {
        _hash.GetHashAndReset();
        _stream.SetLength(0);
        _stream.Position = 0;
        Length = 0;
        ResumedLength = 0;
        State = null;
        return true;
    });

    /// <summary>Empties the file and stores the description of its new content.</summary>
    /// <exception cref="OnnxDeepException">The file cannot be written.</exception>
    public void Begin(PartialFileState state)
    {
        // In this order, so bytes of one file are never stored beside the description of another.
        Clear();
        AtomicFile.Write(_statePath, stream => JsonSerializer.Serialize(stream, state));
        State = state;
    }

    /// <summary>
    /// Stores the size of the complete file from a response with the rest, if the first response did not state it.
    /// </summary>
    public void Learn(long? length) => State = State is { Length: null } ? State with { Length = length } : State;

    /// <summary>Appends the next bytes.</summary>
    /// <exception cref="OnnxDeepException">
    /// The file cannot be written, for example because the disk is full.
    /// </exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException e)
        {
            throw AtomicFile.NotWritable(_path, e);
        }

        _hash.AppendData(bytes);
        Length += bytes.Length;
    }

    /// <summary>The SHA-256 of the bytes so far as 64 lower-case hexadecimal digits.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Renames the complete file to its destination.</summary>
    /// <exception cref="OnnxDeepException">
    /// The destination cannot be written; any existing file is unchanged.
    /// </exception>
    public void Commit() => Guard(() =>
    {
        _stream.Flush(flushToDisk: true);
        if (OperatingSystem.IsWindows())
        {
            // It cannot rename an open file. Elsewhere the file stays locked until it has its name.
            _stream.Dispose();
        }

        FileMove.Replace(_partPath, _path);
        FileMove.FlushFolder(Path.GetDirectoryName(_path)!);
        File.Delete(_statePath);
        _stream.Dispose();
        return true;
    });

    /// <summary>Deletes the file and its description.</summary>
    public void Discard()
    {
        Clear();
        Dispose();
    }

    /// <summary>Closes the file, and keeps it for the next call unless it is empty.</summary>
    public void Dispose()
    {
        _hash.Dispose();
        if (!_stream.CanWrite)
        {
            return;
        }

        try
        {
            bool isEmpty = _stream.Length == 0;
            _stream.Dispose();
            if (isEmpty)
            {
                File.Delete(_partPath);
                File.Delete(_statePath);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Report the first error rather than this one.
        }
    }

    /// <summary>
    /// Deletes what killed processes left in a folder of downloads. An unfinished download that can be continued stays
    /// for 30 days.
    /// </summary>
    /// <param name="folder">A folder that has no other files than downloads.</param>
    /// <param name="now">The current time.</param>
    public static void Sweep(string folder, DateTime now)
    {
        Leftovers.Sweep(folder, now);
        Leftovers.ForEach(folder, "*" + Extension, Directory.EnumerateFiles, path =>
        {
            string state = path + StateExtension;
            if (Leftovers.IsAbandoned(path, File.Exists(state) ? now - s_resumableAge : now))
            {
                File.Delete(path);
                File.Delete(state);
            }
        });
    }

    private static bool IsForDownloadsOnly(string folder) =>
        UserData.DirectoryOrEmpty.Length > 0 && folder == UserData.DownloadsDirectory;

    // Between opening a file and locking it, another process may have finished it and given it its final name.
    private static FileStream OpenOwn(string path)
    {
        while (true)
        {
            var stream = new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            if (OpenedFiles.Of(path, stream).AreCurrent())
            {
                return stream;
            }

            stream.Dispose();
        }
    }

    private PartialFileState? ReadState()
    {
        try
        {
            using FileStream stream = InputFile.Open(_statePath);
            return JsonSerializer.Deserialize<PartialFileState>(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or OnnxDeepException)
        {
            // It is not known which file these bytes are the beginning of.
            return null;
        }
    }

    private T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(_path, e);
        }
    }
}
