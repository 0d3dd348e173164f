using System.Security.Cryptography;
using System.Text.Json;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Download;

/// <summary>
/// An unfinished file beside its place, kept from call to call with what it is the beginning of. Its SHA-256 grows with
/// it.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    /// <summary>How the names of unfinished files end.</summary>
    public const string Extension = ".part";

    private const int BufferLength = 1 << 17;

    private readonly string _path;
    private readonly string _partPath;
    private readonly string _statePath;
    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartialFile(string path, FileStream stream)
    {
        _path = path;
        _partPath = path + Extension;
        _statePath = _partPath + ".json";
        _stream = stream;
    }

    /// <summary>How many bytes are there and in the SHA-256.</summary>
    public long Length { get; private set; }

    /// <summary>How many of them an earlier call brought.</summary>
    public long ResumedLength { get; private set; }

    /// <summary>What they are the beginning of; null where they are none.</summary>
    public PartialFileState? State { get; private set; }

    /// <summary>Opens or starts the unfinished file of a place, for this process alone.</summary>
    /// <param name="path">Where the whole file will be; its folder is made where it is missing.</param>
    /// <exception cref="OnnxDeepException">It cannot be written, or another process is at it.</exception>
    public static PartialFile Open(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? path);
            return new PartialFile(path, new FileStream(
                path + Extension, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.NotWritable(path, e);
        }
    }

    /// <summary>
    /// Takes up what an earlier call left, where it is the beginning of the requested file; else empties it.
    /// </summary>
    /// <param name="request">What is to be downloaded.</param>
    /// <param name="progress">Told how many bytes of how many are read again.</param>
    /// <param name="stop">Ends it; what is there stays.</param>
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

    /// <summary>Empties the file and says what comes into it.</summary>
    /// <exception cref="OnnxDeepException">The file cannot be written.</exception>
    public void Begin(PartialFileState state)
    {
        // In this order, so that no bytes of one file ever stand beside the state of another.
        Clear();
        AtomicFile.Write(_statePath, stream => JsonSerializer.Serialize(stream, state));
        State = state;
    }

    /// <summary>
    /// Takes the whole file's size from an answer that brings the rest, where the first one did not tell it.
    /// </summary>
    public void Learn(long? length) => State = State is { Length: null } ? State with { Length = length } : State;

    /// <summary>Adds the next bytes.</summary>
    /// <exception cref="OnnxDeepException">The file cannot be written, such as on a full disk.</exception>
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

    /// <summary>The SHA-256 of what is there as 64 lower-case hexadecimal digits.</summary>
    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    /// <summary>Renames the whole file to its place.</summary>
    /// <exception cref="OnnxDeepException">The place cannot be written; an older file there is as it was.</exception>
    public void Commit() => Guard(() =>
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_partPath, _path, overwrite: true);
        File.Delete(_statePath);
        return true;
    });

    /// <summary>Deletes what is there.</summary>
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
            // The first error is the one to tell.
        }
    }

    private PartialFileState? ReadState()
    {
        try
        {
            using FileStream stream = File.OpenRead(_statePath);
            return JsonSerializer.Deserialize<PartialFileState>(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Nobody knows what it is the beginning of.
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
