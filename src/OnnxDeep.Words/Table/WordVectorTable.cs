using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Metadata;

namespace OnnxDeep.Words.Table;

/// <summary>
/// A read-only table of word vectors in one safetensors file. <see cref="Map"/> only reads the header: the index, the
/// keys and the rows stay in the file until they are accessed, so a gigabyte opens as fast as a megabyte.
/// <see cref="Open(string)"/> copies a small file into memory first, because others may write to it. Thread-safe. A
/// damaged file causes errors or failed lookups, never a read outside the table. Replace an open file by renaming
/// another one over it, as the import does.
/// </summary>
public sealed unsafe class WordVectorTable : IDisposable
{
    private const int StackKeyBytes = 512;
    private const int PieceBytes = 1 << 20;

    private readonly MappedFile _file;
    private readonly byte* _base;
    private readonly long _dataStart;
    private readonly uint* _slots;
    private readonly uint* _keyOffsets;
    private readonly uint* _keyRows;
    private readonly float* _norms;
    private readonly byte* _keyBytes;
    private readonly VectorRows _rows;
    private readonly SubwordVectors? _subwords;
    private readonly long _slotMask;
    private readonly long _keyBytesLength;
    private bool _disposed;

    private WordVectorTable(string path, SafeTensorsHeader header, MappedFile file, OpenedFiles files)
    {
        Path = path;
        Files = files;
        _file = file;
        byte* start = file.Start;
        _base = start;
        _dataStart = header.DataStart;
        Metadata = header.Metadata;
        if (Metadata.GetValueOrDefault(WordVectorTableNames.FormatKey) is string format
            && format != WordVectorTableNames.Format)
        {
            throw new FileFormatException(
                path, 8, $"a table of format '{WordVectorTableNames.Format}', found '{format}' of another version");
        }

        _rows = ReadRows(header, WordVectorTableNames.Vectors, WordVectorTableNames.Scales);
        if (Metadata.TryGetValue(WordVectorTableNames.SubwordsKey, out string? subwords))
        {
            _subwords = ReadSubwords(header, subwords);
        }

        SafeTensorsHeader.Entry keyRows = Tensor(header, WordVectorTableNames.KeyRows, "U32", 1);
        KeyCount = Count(keyRows, keyRows.Shape[0]);
        SafeTensorsHeader.Entry slots = Tensor(header, WordVectorTableNames.Slots, "U32", 1);
        if (!BitOperations.IsPow2(slots.Shape[0]) || slots.Shape[0] <= KeyCount)
        {
            throw new FileFormatException(
                path, slots.Offset, $"a power of two above {KeyCount} as the number of slots, found {slots.Shape[0]}");
        }

        SafeTensorsHeader.Entry keyBytes = Tensor(header, WordVectorTableNames.KeyBytes, "U8", 1);
        _slotMask = slots.Shape[0] - 1;
        _keyBytesLength = keyBytes.Length;
        _slots = (uint*)(start + slots.Offset);
        _keyRows = (uint*)(start + keyRows.Offset);
        _keyBytes = start + keyBytes.Offset;
        _keyOffsets = (uint*)(start + Tensor(header, WordVectorTableNames.KeyOffsets, "U32", 1, KeyCount + 1L).Offset);
        _norms = (float*)(start + Tensor(header, WordVectorTableNames.Norms, "F32", 1, RowCount).Offset);
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The name that is stored in the table; otherwise the name of the file.</summary>
    public string Name => Metadata.GetValueOrDefault(WordVectorTableNames.NameKey)
        ?? System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The source of the vectors as stored in the table.</summary>
    public string Source => Metadata.GetValueOrDefault(WordVectorTableNames.SourceKey) ?? string.Empty;

    /// <summary>SHA-256 of the tensor bytes, in hex, as stored by the writer; empty if it is not stored.</summary>
    public string ContentSha256 => Metadata.GetValueOrDefault(WordVectorTableNames.ContentSha256Key) ?? string.Empty;

    /// <summary>The number of repeated keys in the source, as counted by the import.</summary>
    public long Duplicates => Number(WordVectorTableNames.DuplicatesKey);

    /// <summary>The number of lines and vectors of the source that the import skipped.</summary>
    public long Skipped => Number(WordVectorTableNames.SkippedKey);

    /// <summary>All metadata under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The element type of the stored rows.</summary>
    public VectorElementType ElementType => _rows.ElementType;

    /// <summary>The number of keys, including inflections and spellings.</summary>
    public int KeyCount { get; }

    /// <summary>The number of distinct vectors.</summary>
    public int RowCount => _rows.Count;

    /// <summary>The number of dimensions of a vector.</summary>
    public int Dimensions => _rows.Dimensions;

    /// <summary>The n-gram options for words without a key; null if the table has no n-grams.</summary>
    public SubwordOptions? Subwords => _subwords?.Options;

    /// <summary>The number of rows of character n-grams.</summary>
    public int NgramCount => _subwords?.Count ?? 0;

    /// <summary>
    /// Opens a table that others may write to while it is open. Up to 64 MB are copied into memory. A larger file is
    /// mapped, and locked as far as the system does it: Windows refuses to shorten it, other systems ask only programs
    /// that use locks. A change is an error at the next lookup, but on Unix the system ends a process that reads a part
    /// of the file just as another program cuts it off.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FileFormatException">The file is not such a table.</exception>
    /// <exception cref="OnnxDeepException">The file was changed while it was opened.</exception>
    public static WordVectorTable Open(string path) => Open(path, isShared: true);

    /// <summary>
    /// Opens a table that is read all the time until it is disposed: programs that write to a large one wait, and the
    /// next lookup is an error. Otherwise like <see cref="Open(string)"/>.
    /// </summary>
    internal static WordVectorTable OpenBusy(string path) => Open(path, isShared: true, isBusy: true);

    /// <summary>Opens and maps a table that nobody writes to while it is open, such as one of the module.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FileFormatException">The file is not such a table.</exception>
    public static WordVectorTable Map(string path) => Open(path, isShared: false);

    /// <summary>
    /// Reads the bytes of all tensors and compares them with <see cref="ContentSha256"/>. Opening a table checks only
    /// its header, the types and extents of its tensors, and that they are inside the file.
    /// </summary>
    /// <param name="cancellationToken">Stops the reading within a megabyte.</param>
    /// <exception cref="FileFormatException">
    /// The table has no digest (DigestMissing), or another one (DigestMismatch).
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Verify(CancellationToken cancellationToken = default)
    {
        CheckOpen();
        Digests.Check("vector table", Path, ContentSha256, () => ComputeDigest(cancellationToken));
    }

    /// <summary>Adds the vectors that a model was trained with to the model's metadata.</summary>
    /// <param name="metadata">The metadata of a model whose inputs are vectors of this table.</param>
    /// <param name="fileSha256">SHA-256 of the table's file, in hex; null if it is not known.</param>
    public ModelMetadata AddTo(ModelMetadata metadata, string? fileSha256 = null) => metadata with
    {
        VectorsName = Name,
        VectorsSha256 = fileSha256,
        VectorsContentSha256 = ContentSha256,
    };

    /// <summary>Finds the row of exactly this key, without folding case or trimming.</summary>
    /// <returns><see langword="false"/> if the table does not contain the key.</returns>
    [SkipLocalsInit]
    public bool TryGetRow(ReadOnlySpan<char> key, out int row)
    {
        int most = Encoding.UTF8.GetMaxByteCount(key.Length);
        Span<byte> utf8 = most <= StackKeyBytes ? stackalloc byte[StackKeyBytes] : new byte[most];
        return TryGetRow(utf8[..Encoding.UTF8.GetBytes(key, utf8)], out row);
    }

    /// <summary>Finds the row of exactly this key, given as UTF-8, without allocating memory.</summary>
    public bool TryGetRow(ReadOnlySpan<byte> utf8Key, out int row)
    {
        CheckOpen();
        ulong hash = WordHash.Murmur64A(utf8Key);
        long slot = (long)hash & _slotMask;

        // A valid table has an empty slot, but a damaged one may not, so the probe ends after one round.
        for (long probes = 0; probes <= _slotMask; probes++)
        {
            uint entry = _slots[slot];
            if (entry == 0)
            {
                break;
            }

            if (entry <= (uint)KeyCount && StoredKey.Matches(GetKeyUtf8((int)entry - 1), utf8Key, hash))
            {
                row = (int)_keyRows[entry - 1];
                return (uint)row < (uint)RowCount;
            }

            slot = (slot + 1) & _slotMask;
        }

        row = -1;
        return false;
    }

    /// <summary>Gets the key with this number; keys are numbered from the most common one.</summary>
    /// <returns>The key; empty if the source only had its hash, so it can be looked up but not shown.</returns>
    public string GetKey(int index)
    {
        ReadOnlySpan<byte> key = GetKeyUtf8(index);
        return StoredKey.IsNameless(key) ? string.Empty : Encoding.UTF8.GetString(key);
    }

    /// <summary>Gets the row of the key with this number.</summary>
    /// <exception cref="FileFormatException">The file refers to a row that does not exist.</exception>
    public int GetKeyRow(int index)
    {
        CheckOpen();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)KeyCount, nameof(index));
        uint row = _keyRows[index];
        if (row >= (uint)RowCount)
        {
            throw new FileFormatException(
                Path, (byte*)(_keyRows + index) - _base, $"a row below {RowCount}, found {row}");
        }

        return (int)row;
    }

    /// <summary>Writes a row as floats.</summary>
    /// <param name="row">From 0 to <see cref="RowCount"/> - 1.</param>
    /// <param name="destination">At least <see cref="Dimensions"/> long.</param>
    /// <exception cref="FileFormatException">The row is damaged: its length or scale is not a valid number.</exception>
    public void CopyVector(int row, Span<float> destination)
    {
        GetNorm(row);
        if (ElementType == VectorElementType.Int8)
        {
            GetScale(row);
        }

        _rows.CopyTo(row, destination[..Dimensions]);
    }

    /// <summary>Writes the vector of a word computed from its character n-grams.</summary>
    /// <param name="word">The word as written; case matters.</param>
    /// <param name="destination">At least <see cref="Dimensions"/> long; zeros if there is no vector.</param>
    /// <returns><see langword="false"/> if the table has no n-grams, or none of the word's n-grams.</returns>
    public bool TryGetSubwordVector(string word, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(word);
        CheckOpen();
        destination = destination[..Dimensions];
        destination.Clear();
        return _subwords is SubwordVectors subwords
            && subwords.TryGetVector(word, destination)
            && float.IsFinite(VectorMath.Norm(destination));
    }

    /// <summary>Gets the Euclidean length of a row.</summary>
    /// <exception cref="FileFormatException">The stored length is not a valid number.</exception>
    public float GetNorm(int row)
    {
        CheckRow(row);
        return CheckNumber(_norms + row, "a length");
    }

    /// <summary>Releases the memory; spans obtained earlier become invalid.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _file.Dispose();
        }
    }

    /// <summary>The file that is mapped or copied.</summary>
    internal OpenedFiles Files { get; }

    /// <summary>The rows in memory; row numbers and lengths are not checked.</summary>
    internal VectorRows Rows
    {
        get
        {
            CheckOpen();
            return _rows;
        }
    }

    /// <summary>The bytes of memory that an open table takes: those of its copy, otherwise of the whole map.</summary>
    internal long Size => _file.Length;

    /// <summary>The rows of character n-grams in the map; null if there are none.</summary>
    internal SubwordVectors? NgramRows
    {
        get
        {
            CheckOpen();
            return _subwords;
        }
    }

    /// <summary>Gets the scale of a row, in int8 tables only.</summary>
    internal float GetScale(int row) => CheckNumber(_rows.Scale(row), "a scale");

    /// <summary>Gets the bytes of a key in the map.</summary>
    internal ReadOnlySpan<byte> GetKeyUtf8(int index)
    {
        CheckOpen();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)KeyCount, nameof(index));
        uint start = _keyOffsets[index];
        uint end = _keyOffsets[index + 1];
        if (start > end || end > _keyBytesLength)
        {
            throw new FileFormatException(
                Path,
                (byte*)(_keyOffsets + index) - _base,
                $"increasing key offsets of at most {_keyBytesLength}, found {start} and {end}");
        }

        return new ReadOnlySpan<byte>(_keyBytes + start, (int)(end - start));
    }

    private static WordVectorTable Open(string path, bool isShared, bool isBusy = false)
    {
        path = System.IO.Path.GetFullPath(path);
        FileStream stream = InputFile.Open(path, bufferSize: 0);
        MappedFile? file = null;
        try
        {
            var files = OpenedFiles.Of(path, stream);
            SafeTensorsHeader header = SafeTensorsHeader.Read(stream, path);
            file = isShared ? MappedFile.OpenShared(stream, files, isBusy) : MappedFile.Open(stream);
            if (!isShared)
            {
                stream.Dispose();
            }

            return new WordVectorTable(path, header, file, files);
        }
        catch
        {
            file?.Dispose();
            stream.Dispose();
            throw;
        }
    }

    private void CheckOpen()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _file.Check();
    }

    private string ComputeDigest(CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = new byte[PieceBytes];
        for (long offset = _dataStart; offset < _file.Length; offset += PieceBytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<byte> bytes = piece.AsSpan(0, (int)Math.Min(PieceBytes, _file.Length - offset));
            _file.Read(offset, bytes);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // A single NaN would spread to every result that uses it.
    private float CheckNumber(float* place, string what) => *place >= 0 && float.IsFinite(*place)
        ? *place
        : throw new FileFormatException(Path, (byte*)place - _base, $"{what} of 0 or more, found {*place}");

    private void CheckRow(int row)
    {
        CheckOpen();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowCount, nameof(row));
    }

    private long Number(string key) =>
        long.TryParse(Metadata.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : 0;

    private VectorRows ReadRows(SafeTensorsHeader header, string name, string scalesName)
    {
        SafeTensorsHeader.Entry values = Tensor(header, name, null, 2);
        VectorElementType type = values.DataType switch
        {
            "F32" => VectorElementType.Float32,
            "F16" => VectorElementType.Float16,
            "I8" => VectorElementType.Int8,
            _ => throw new FileFormatException(Path, values.Offset, "vectors of type F32, F16 or I8"),
        };
        int count = Count(values, values.Shape[0]);
        int dimensions = Count(values, values.Shape[1]);
        if (dimensions == 0)
        {
            throw new FileFormatException(Path, values.Offset, "vectors of one dimension or more");
        }

        float* scales = type == VectorElementType.Int8
            ? (float*)(_base + Tensor(header, scalesName, "F32", 1, count).Offset)
            : null;
        return new VectorRows(type, count, dimensions, _base + values.Offset, scales);
    }

    private SubwordVectors ReadSubwords(SafeTensorsHeader header, string json)
    {
        SubwordOptions options = SubwordOptions.FromJson(json)
            ?? throw new FileFormatException(Path, 8, "valid metadata of its n-grams");
        VectorRows rows = ReadRows(header, WordVectorTableNames.NgramVectors, WordVectorTableNames.NgramScales);
        bool isPruned = header.Tensors.ContainsKey(WordVectorTableNames.NgramRows);
        if (rows.Dimensions != Dimensions || (!isPruned && rows.Count != options.Buckets))
        {
            throw new FileFormatException(
                Path, 8, $"n-grams of {Dimensions} dimensions, one for each of {options.Buckets} buckets");
        }

        uint* bucketRows = isPruned
            ? (uint*)(_base + Tensor(header, WordVectorTableNames.NgramRows, "U32", 1, options.Buckets).Offset)
            : null;
        return new SubwordVectors(options, rows, bucketRows);
    }

    private int Count(SafeTensorsHeader.Entry entry, long extent) => extent is >= 0 and < int.MaxValue
        ? (int)extent
        : throw new FileFormatException(Path, entry.Offset, $"extents below 2³¹ in tensor '{entry.Name}'");

    private SafeTensorsHeader.Entry Tensor(
        SafeTensorsHeader header, string name, string? dataType, int rank, long? extent = null)
    {
        if (!header.Tensors.TryGetValue(name, out SafeTensorsHeader.Entry? entry))
        {
            throw new FileFormatException(Path, 8, $"a tensor named '{name}'");
        }

        if ((dataType is not null && entry.DataType != dataType)
            || entry.Shape.Length != rank
            || (extent is long exact && entry.Shape[0] != exact)
            || (entry.Offset % sizeof(uint) != 0 && entry.DataType is "U32" or "F32"))
        {
            throw new FileFormatException(
                Path,
                entry.Offset,
                $"tensor '{name}' aligned, of type {dataType ?? entry.DataType}, rank {rank}"
                + (extent is null ? string.Empty : $" and {Quantity.Of(extent.Value, "entry", "entries")}")
                + $", found {entry.DataType} [{string.Join(", ", entry.Shape)}]");
        }

        return entry;
    }
}
