using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

using OnnxDeep.Numerics;

namespace OnnxDeep.WordVectors;

/// <summary>
/// A read-only table of word vectors in one memory-mapped safetensors file. Opening reads the header alone: the
/// index, the keys and the rows stay in the file until they are touched, so that a gigabyte opens as fast as a megabyte.
/// Safe for any number of threads. A damaged file gives errors or misses, never a read outside the map. A file that is
/// open must be replaced by renaming another one over it, never be cut short in place.
/// </summary>
public sealed unsafe class WordVectorTable : IDisposable
{
    private const int StackKeyBytes = 512;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _base;
    private readonly uint* _slots;
    private readonly uint* _keyOffsets;
    private readonly uint* _keyRows;
    private readonly float* _norms;
    private readonly float* _scales;
    private readonly byte* _keyBytes;
    private readonly byte* _vectors;
    private readonly long _slotMask;
    private readonly long _keyBytesLength;
    private bool _disposed;

    private WordVectorTable(
        string path, SafeTensorsHeader header, MemoryMappedFile file, MemoryMappedViewAccessor view, byte* start)
    {
        Path = path;
        _file = file;
        _view = view;
        _base = start;
        Metadata = header.Metadata;
        if (Metadata.GetValueOrDefault(WordVectorTableNames.FormatKey) is string format
            && format != WordVectorTableNames.Format)
        {
            throw new WordVectorFormatException(
                path, 8, $"a table of format '{WordVectorTableNames.Format}', found '{format}' of another version");
        }

        SafeTensorsEntry vectors = Tensor(header, WordVectorTableNames.Vectors, null, 2);
        ElementType = vectors.DataType switch
        {
            "F32" => VectorElementType.Float32,
            "F16" => VectorElementType.Float16,
            "I8" => VectorElementType.Int8,
            _ => throw new WordVectorFormatException(path, vectors.Offset, "vectors of type F32, F16 or I8"),
        };
        RowCount = Count(vectors, vectors.Shape[0]);
        Dimensions = Count(vectors, vectors.Shape[1]);
        SafeTensorsEntry keyRows = Tensor(header, WordVectorTableNames.KeyRows, "U32", 1);
        KeyCount = Count(keyRows, keyRows.Shape[0]);
        SafeTensorsEntry slots = Tensor(header, WordVectorTableNames.Slots, "U32", 1);
        if (!BitOperations.IsPow2(slots.Shape[0]) || slots.Shape[0] <= KeyCount)
        {
            throw new WordVectorFormatException(
                path, slots.Offset, $"a power of two above {KeyCount} as the number of slots, found {slots.Shape[0]}");
        }

        SafeTensorsEntry keyBytes = Tensor(header, WordVectorTableNames.KeyBytes, "U8", 1);
        _slotMask = slots.Shape[0] - 1;
        _keyBytesLength = keyBytes.Length;
        _slots = (uint*)(start + slots.Offset);
        _keyRows = (uint*)(start + keyRows.Offset);
        _keyBytes = start + keyBytes.Offset;
        _vectors = start + vectors.Offset;
        _keyOffsets = (uint*)(start + Tensor(header, WordVectorTableNames.KeyOffsets, "U32", 1, KeyCount + 1L).Offset);
        _norms = (float*)(start + Tensor(header, WordVectorTableNames.Norms, "F32", 1, RowCount).Offset);
        if (ElementType == VectorElementType.Int8)
        {
            _scales = (float*)(start + Tensor(header, WordVectorTableNames.Scales, "F32", 1, RowCount).Offset);
        }
    }

    /// <summary>The file, as a full path.</summary>
    public string Path { get; }

    /// <summary>The table's own name, as its maker gave it; the file's name where it has none.</summary>
    public string Name => Metadata.GetValueOrDefault(WordVectorTableNames.NameKey)
        ?? System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Where the vectors come from, in the maker's words.</summary>
    public string Source => Metadata.GetValueOrDefault(WordVectorTableNames.SourceKey) ?? string.Empty;

    /// <summary>SHA-256 of the tensor bytes, in hex, as the writer stored it; empty where it did not.</summary>
    public string ContentSha256 => Metadata.GetValueOrDefault(WordVectorTableNames.ContentSha256Key) ?? string.Empty;

    /// <summary>Everything under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>How the rows are stored.</summary>
    public VectorElementType ElementType { get; }

    /// <summary>The number of keys, inflections and spellings included.</summary>
    public int KeyCount { get; }

    /// <summary>The number of distinct vectors.</summary>
    public int RowCount { get; }

    /// <summary>The numbers in a vector.</summary>
    public int Dimensions { get; }

    /// <summary>Maps <paramref name="path"/>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WordVectorFormatException">The file is not such a table.</exception>
    public static WordVectorTable Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0);
        SafeTensorsHeader header = SafeTensorsHeader.Read(stream, path);
        MemoryMappedFile? file = null;
        MemoryMappedViewAccessor? view = null;
        try
        {
            file = MemoryMappedFile.CreateFromFile(
                stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            byte* start = null;
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            try
            {
                return new WordVectorTable(path, header, file, view, start + view.PointerOffset);
            }
            catch
            {
                view.SafeMemoryMappedViewHandle.ReleasePointer();
                throw;
            }
        }
        catch
        {
            view?.Dispose();
            file?.Dispose();
            throw;
        }
    }

    /// <summary>The row of exactly this key: no case is folded and nothing is trimmed.</summary>
    /// <returns><see langword="false"/> where the table has no such key.</returns>
    [SkipLocalsInit]
    public bool TryGetRow(ReadOnlySpan<char> key, out int row)
    {
        int most = Encoding.UTF8.GetMaxByteCount(key.Length);
        Span<byte> utf8 = most <= StackKeyBytes ? stackalloc byte[StackKeyBytes] : new byte[most];
        return TryGetRow(utf8[..Encoding.UTF8.GetBytes(key, utf8)], out row);
    }

    /// <summary>The row of exactly this key, given as UTF-8; allocates nothing.</summary>
    public bool TryGetRow(ReadOnlySpan<byte> utf8Key, out int row)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long slot = (long)Murmur.Hash64A(utf8Key) & _slotMask;

        // A sound table has an empty slot, a damaged one may not: the probe ends after one round.
        for (long probes = 0; probes <= _slotMask; probes++)
        {
            uint entry = _slots[slot];
            if (entry == 0)
            {
                break;
            }

            if (entry <= (uint)KeyCount && GetKeyUtf8((int)entry - 1).SequenceEqual(utf8Key))
            {
                row = (int)_keyRows[entry - 1];
                return (uint)row < (uint)RowCount;
            }

            slot = (slot + 1) & _slotMask;
        }

        row = -1;
        return false;
    }

    /// <summary>The key with this number; keys are numbered from the most common on.</summary>
    public string GetKey(int index) => Encoding.UTF8.GetString(GetKeyUtf8(index));

    /// <summary>The row of the key with this number.</summary>
    /// <exception cref="WordVectorFormatException">The file names a row that it does not have.</exception>
    public int GetKeyRow(int index)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)KeyCount, nameof(index));
        uint row = _keyRows[index];
        if (row >= (uint)RowCount)
        {
            throw new WordVectorFormatException(
                Path, (byte*)(_keyRows + index) - _base, $"a row below {RowCount}, found {row}");
        }

        return (int)row;
    }

    /// <summary>Writes a row as floats.</summary>
    /// <param name="row">From 0 to <see cref="RowCount"/> - 1.</param>
    /// <param name="destination">At least <see cref="Dimensions"/> long.</param>
    /// <exception cref="WordVectorFormatException">The row is damaged: its length or scale is no number.</exception>
    public void CopyVector(int row, Span<float> destination)
    {
        GetNorm(row);
        destination = destination[..Dimensions];
        long start = (long)row * Dimensions;
        switch (ElementType)
        {
            case VectorElementType.Float32:
                new ReadOnlySpan<float>((float*)_vectors + start, Dimensions).CopyTo(destination);
                break;
            case VectorElementType.Float16:
                Half* halves = (Half*)_vectors + start;
                for (int i = 0; i < destination.Length; i++)
                {
                    destination[i] = (float)halves[i];
                }

                break;
            default:
                Int8Rows.Expand(GetInt8Row(row), GetScale(row), destination);
                break;
        }
    }

    /// <summary>The Euclidean length of a row.</summary>
    /// <exception cref="WordVectorFormatException">The file holds no length there.</exception>
    public float GetNorm(int row)
    {
        CheckRow(row);
        return CheckNumber(_norms + row, "a length");
    }

    /// <summary>Unmaps the file; spans taken before are invalid afterwards.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }

    /// <summary>A row's stored bytes, of an int8 table only.</summary>
    internal ReadOnlySpan<sbyte> GetInt8Row(int row) => new((sbyte*)_vectors + ((long)row * Dimensions), Dimensions);

    /// <summary>A row's scale, of an int8 table only.</summary>
    internal float GetScale(int row) => CheckNumber(_scales + row, "a scale");

    /// <summary>A key's bytes in the map.</summary>
    internal ReadOnlySpan<byte> GetKeyUtf8(int index)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)KeyCount, nameof(index));
        uint start = _keyOffsets[index];
        uint end = _keyOffsets[index + 1];
        if (start > end || end > _keyBytesLength)
        {
            throw new WordVectorFormatException(
                Path,
                (byte*)(_keyOffsets + index) - _base,
                $"rising key offsets of at most {_keyBytesLength}, found {start} and {end}");
        }

        return new ReadOnlySpan<byte>(_keyBytes + start, (int)(end - start));
    }

    // One NaN would spread over every result that it meets.
    private float CheckNumber(float* place, string what) => *place >= 0 && float.IsFinite(*place)
        ? *place
        : throw new WordVectorFormatException(Path, (byte*)place - _base, $"{what} of 0 or more, found {*place}");

    private void CheckRow(int row)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
    }

    private int Count(SafeTensorsEntry entry, long extent) => extent is > 0 and < int.MaxValue
        ? (int)extent
        : throw new WordVectorFormatException(Path, entry.Offset, $"extents of 1 to 2³¹ in tensor '{entry.Name}'");

    private SafeTensorsEntry Tensor(
        SafeTensorsHeader header, string name, string? dataType, int rank, long? extent = null)
    {
        if (!header.Tensors.TryGetValue(name, out SafeTensorsEntry? entry))
        {
            throw new WordVectorFormatException(Path, 8, $"a tensor named '{name}'");
        }

        if ((dataType is not null && entry.DataType != dataType)
            || entry.Shape.Length != rank
            || (extent is long exact && entry.Shape[0] != exact)
            || (entry.Offset % sizeof(uint) != 0 && entry.DataType is "U32" or "F32"))
        {
            throw new WordVectorFormatException(
                Path,
                entry.Offset,
                $"tensor '{name}' aligned, of type {dataType ?? entry.DataType}, rank {rank}"
                + (extent is null ? string.Empty : $" and {extent} entries")
                + $", found {entry.DataType} [{string.Join(", ", entry.Shape)}]");
        }

        return entry;
    }
}
