using System.IO.Compression;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats;

/// <summary>
/// The bytes of a source in order, after decompression if it is compressed. A damaged archive, or one that expands too
/// much, causes a <see cref="FileFormatException"/>. The first bytes can be examined before they are read.
/// </summary>
internal sealed class SourceStream : ForwardStream
{
    private const int CopyBytes = 1 << 18;

    private readonly string _path;
    private readonly Stream _inner;
    private readonly FileStream _file;
    private readonly Action<SourceStream>? _checkEnd;
    private readonly CancellationToken _stop;
    private readonly byte[] _prefix;
    private readonly bool _isPacked;
    private bool _isAtEnd;
    private long _unpacked;

    /// <summary>Reads the prefix.</summary>
    /// <param name="path">The source's name in errors.</param>
    /// <param name="inner">The stream to read; closed with this one.</param>
    /// <param name="file">The underlying file on disk; closed with this stream.</param>
    /// <param name="checkEnd">Throws if the end was reached too early.</param>
    /// <param name="stop">Cancels the reading.</param>
    public SourceStream(
        string path,
        Stream inner,
        FileStream file,
        Action<SourceStream>? checkEnd = null,
        CancellationToken stop = default)
    {
        _stop = stop;
        _path = path;
        _inner = inner;
        _file = file;
        _checkEnd = checkEnd;
        _isPacked = inner != file;
        byte[] prefix = new byte[SourceLimits.PrefixBytes];
        int length = 0;
        for (int read = -1; read != 0 && length < prefix.Length; length += read)
        {
            read = ReadInner(prefix.AsSpan(length));
        }

        _prefix = prefix[..length];
    }

    /// <summary>Reads the prefix of a file in an archive.</summary>
    /// <param name="path">The source's name in errors.</param>
    /// <param name="inner">The stream to read; closed with this one.</param>
    /// <param name="archive">The archive; closed with this stream.</param>
    public SourceStream(string path, Stream inner, SourceStream archive)
        : this(path, inner, archive._file, null, archive._stop)
    {
    }

    /// <summary>The first bytes, up to 64 KB; fewer if the file is shorter.</summary>
    public ReadOnlySpan<byte> Prefix => _prefix;

    /// <summary>Whether the bytes are decompressed while reading, so seeking is not possible.</summary>
    public bool IsPacked => _isPacked;

    /// <summary>The position in the file on disk.</summary>
    public long FilePosition => _file.Position;

    /// <summary>The size of the file on disk.</summary>
    public long FileLength => _file.Length;

    /// <summary>The number of decompressed bytes read so far.</summary>
    public long Unpacked => _unpacked;

    public override bool CanRead => _file.CanRead;

    protected override int ReadNext(Span<byte> buffer)
    {
        if (Position >= _prefix.Length)
        {
            return ReadInner(buffer);
        }

        int read = Math.Min(buffer.Length, _prefix.Length - (int)Position);
        _prefix.AsSpan((int)Position, read).CopyTo(buffer);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Opens a file without decompressing it.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static SourceStream Open(string path, SourceFiles files)
    {
        FileStream file = files.Open(path);
        try
        {
            return new SourceStream(path, file, file, null, files.Stop);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that is compressed with gzip, in one member or several.</summary>
    public static SourceStream OpenGzip(string path, SourceFiles files)
    {
        FileStream file = files.Open(path);
        try
        {
            var packed = new GzipFile(file);
            var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            return new SourceStream(
                path, unpacked, file, stream => CheckGzipEnd(path, packed, unpacked, stream), files.Stop);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Decompresses the source to a file that is deleted when it is closed. If the process is killed first,
    /// <see cref="Leftovers"/> finds the file by its name.
    /// </summary>
    /// <param name="files">The folder of the file, created if it does not exist, and the token.</param>
    /// <returns>The file, at its start.</returns>
    /// <exception cref="OnnxDeepException">The file cannot be written.</exception>
    public FileStream Unpack(SourceFiles files)
    {
        string folder = files.TemporaryFolder;
        string path = Leftovers.NewPath(folder, "unpacked");
        FileStream? copy = null;
        try
        {
            Directory.CreateDirectory(folder);
            Leftovers.SweepOnce(folder);
            copy = new FileStream(
                path,
                FileMode.CreateNew,
                FileAccess.ReadWrite,
                FileShare.None,
                bufferSize: 0,
                FileOptions.DeleteOnClose);
            byte[] buffer = new byte[CopyBytes];
            for (int read; (read = Read(buffer)) > 0;)
            {
                files.Stop.ThrowIfCancellationRequested();
                copy.Write(buffer, 0, read);
            }

            copy.Position = 0;
            return copy;
        }
        catch (Exception e)
        {
            copy?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw AtomicFile.NotWritable(folder, e);
            }

            throw;
        }
    }

    private int ReadInner(Span<byte> buffer)
    {
        _stop.ThrowIfCancellationRequested();
        int read;
        try
        {
            read = _inner.Read(buffer);
            if (read == 0 && buffer.Length > 0 && !_isAtEnd)
            {
                _isAtEnd = true;
                _checkEnd?.Invoke(this);
            }
        }
        catch (InvalidDataException e)
        {
            throw new FileFormatException(_path, _unpacked, "valid compressed data", e);
        }

        _unpacked += read;
        if (_isPacked && IsTooMuch())
        {
            throw new FileFormatException(
                ErrorIds.VectorsArchiveUnsafe,
                _path,
                _unpacked,
                $"an archive that unpacks to at most {SourceLimits.PackingRatio} times its size and "
                + $"{SourceLimits.UnpackedBytes >> 30} GB",
                "If you trust the file, unpack it and import its content.");
        }

        return read;
    }

    private bool IsTooMuch() => _unpacked > SourceLimits.UnpackedBytes
        || (_unpacked > SourceLimits.UnsuspiciousBytes && _unpacked / SourceLimits.PackingRatio > FileLength);

    private static void CheckGzipEnd(string path, GzipFile packed, GZipStream unpacked, SourceStream stream)
    {
        if (!packed.IsComplete(unpacked))
        {
            throw new FileFormatException(
                path, stream.Unpacked, "more compressed data, or the end of the file after a gzip member");
        }
    }
}
