using System.IO.MemoryMappedFiles;

namespace OnnxDeep.IO;

/// <summary>
/// A file's bytes in memory, read-only: mapped, which loads them on access, or copied. Replace a mapped file by
/// renaming another one over it: on Unix, the system ends a process that accesses a page which is no longer in the
/// file.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    /// <summary>The largest file that <see cref="OpenShared"/> copies.</summary>
    public const long MostCopiedBytes = 64 << 20;

    private const int PieceBytes = 1 << 20;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    // The file, if changes of it matter.
    private FileWatch? _watch;
    private bool _isClosedHere;

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

    /// <summary>Maps a file that is not empty, and that nobody writes to meanwhile.</summary>
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

    /// <summary>
    /// Opens a file that is not empty, and that others may write to. A small one is copied; a larger one is mapped, and
    /// <see cref="Check"/> notices changes.
    /// </summary>
    /// <param name="stream">
    /// Open for reading, without a buffer. It locks the file as far as the system does it, and is closed with this
    /// object if there is no exception.
    /// </param>
    /// <param name="files">The file, as it was when it was opened.</param>
    /// <param name="isBusy">
    /// Whether <see cref="Check"/> is called all the time until this object is disposed. Programs that write to a
    /// mapped file then wait for it, if the system has leases.
    /// </param>
    /// <exception cref="OnnxDeepException">The file was changed meanwhile.</exception>
    /// <exception cref="IOException">The file cannot be read or mapped.</exception>
    public static MappedFile OpenShared(FileStream stream, OpenedFiles files, bool isBusy = false)
    {
        if (files.Length <= MostCopiedBytes)
        {
            MappedFile copy = Copy(stream, files);
            stream.Dispose();
            return copy;
        }

        MappedFile map = Watch(stream, files, isBusy && FileLease.TryTake(stream.SafeFileHandle));
        map._isClosedHere = true;
        return map;
    }

    /// <summary>
    /// Maps a file of any size for an activity that calls <see cref="Check"/> all the time. Programs that write to the
    /// file wait until then; Windows refuses them.
    /// </summary>
    /// <param name="stream">Open for reading only; not closed.</param>
    /// <param name="files">The file, as it was when it was opened.</param>
    /// <returns>Null if the system cannot make other programs wait.</returns>
    /// <exception cref="OnnxDeepException">The file was changed meanwhile.</exception>
    public static MappedFile? OpenLeased(FileStream stream, OpenedFiles files)
    {
        bool isLeased = FileLease.TryTake(stream.SafeFileHandle);
        return isLeased || OperatingSystem.IsWindows() ? Watch(stream, files, isLeased) : null;
    }

    /// <summary>Throws if the file was changed. Looks once in a millisecond, so it can be called often.</summary>
    /// <exception cref="OnnxDeepException">The file was changed.</exception>
    public void Check() => _watch?.Check();

    /// <summary>Gets a range of the bytes, valid until this object is disposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range extends past the end of the file.</exception>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)offset, (ulong)Length, nameof(offset));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)length, (ulong)(Length - offset), nameof(length));
        return new ReadOnlySpan<byte>(Start + offset, length);
    }

    /// <summary>Copies a range of the bytes, without touching the map of a file that others may write to.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range extends past the end of the file.</exception>
    /// <exception cref="OnnxDeepException">The file became shorter.</exception>
    public void Read(long offset, Span<byte> bytes)
    {
        ReadOnlySpan<byte> range = Slice(offset, bytes.Length);
        if (_watch is null)
        {
            range.CopyTo(bytes);
            return;
        }

        _watch.Read(offset, bytes);
    }

    /// <summary>Releases the memory; further calls do nothing.</summary>
    public void Dispose()
    {
        if (!_view.SafeMemoryMappedViewHandle.IsClosed)
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
            _watch?.Release();
            if (_isClosedHere)
            {
                _watch?.Dispose();
            }
        }
    }

    private static MappedFile Watch(FileStream stream, OpenedFiles files, bool isLeased)
    {
        MappedFile map = Open(stream);
        map._watch = new FileWatch(stream, files) { IsLeased = isLeased };
        try
        {
            map._watch.CheckNow();
            return map;
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    // To memory without a file, which is also mapped, so that all of it goes back to the system when it is released.
    private static MappedFile Copy(FileStream stream, OpenedFiles files)
    {
        var memory = MemoryMappedFile.CreateNew(null, files.Length);
        MappedFile? copy = null;
        var watch = new FileWatch(stream, files);
        try
        {
            copy = new MappedFile(memory, memory.CreateViewAccessor(0, files.Length), files.Length);
            for (long offset = 0; offset < copy.Length; offset += PieceBytes)
            {
                int length = (int)Math.Min(PieceBytes, copy.Length - offset);
                watch.Read(offset, new Span<byte>(copy.Start + offset, length));
            }

            watch.CheckNow();
            return copy;
        }
        catch
        {
            copy?.Dispose();
            memory.Dispose();
            throw;
        }
    }
}
