using System.IO.MemoryMappedFiles;

namespace OnnxDeep.IO;

/// <summary>
/// A file's bytes in memory, read-only and loaded on access. Replace a mapped file by renaming another one over it;
/// never truncate it in place.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private MappedFile(MemoryMappedFile file, MemoryMappedViewAccessor view, long length)
    {
        _file = file;
        _view = view;
        Length = length;
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        Start = start + view.PointerOffset;
    }

    /// <summary>
    /// The first byte. Callers must check offsets against <see cref="Length"/>, and that the file is still open.
    /// </summary>
    public byte* Start { get; }

    /// <summary>The length in bytes.</summary>
    public long Length { get; }

    /// <summary>Maps a file that is not empty.</summary>
    /// <param name="stream">Open for reading; may be closed while the map is in use.</param>
    /// <exception cref="IOException">The file cannot be mapped.</exception>
    public static MappedFile Open(FileStream stream)
    {
        MemoryMappedFile? file = null;
        MemoryMappedViewAccessor? view = null;
        try
        {
            file = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            return new MappedFile(file, view, stream.Length);
        }
        catch
        {
            view?.Dispose();
            file?.Dispose();
            throw;
        }
    }

    /// <summary>Gets a range of the bytes, valid until this object is disposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range extends past the end of the file.</exception>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)offset, (ulong)Length, nameof(offset));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)length, (ulong)(Length - offset), nameof(length));
        return new ReadOnlySpan<byte>(Start + offset, length);
    }

    /// <summary>Unmaps the file; further calls do nothing.</summary>
    public void Dispose()
    {
        if (!_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
