using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

using CommunityToolkit.HighPerformance;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Table;

/// <summary>
/// Writes a <see cref="WordVectorTable"/> file in one pass: rows are written to the stream as they are added, followed
/// by the keys and the index, and the header is written last into the space reserved for it. The same calls give the
/// same bytes.
/// </summary>
public sealed class WordVectorTableWriter : IDisposable
{
    // Space for what is known only at the end: counts, extents, the hash.
    private const int HeaderAllowance = 2048;
    private const int Alignment = 64;

    private readonly Stream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<string, string> _metadata;
    private readonly SafeTensorsLayout _layout = new();
    private readonly KeyIndex _keys = new();
    private readonly RowSection _rows;
    private readonly int _headerSize;
    private RowSection? _ngrams;
    private byte[]? _ngramRows;

    /// <summary>Starts a table.</summary>
    /// <param name="stream">An empty, seekable stream; not closed.</param>
    /// <param name="dimensions">The number of dimensions of a vector.</param>
    /// <param name="elementType">The element type of the stored rows.</param>
    /// <param name="metadata">Free-form text; <c>name</c> and <c>source</c> are shown to users.</param>
    /// <exception cref="ArgumentException">The metadata contains one of the format's own keys.</exception>
    public WordVectorTableWriter(
        Stream stream, int dimensions, VectorElementType elementType, IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimensions);
        CheckMetadata(metadata);
        _stream = stream;
        _metadata = new Dictionary<string, string>(metadata, StringComparer.Ordinal)
        {
            [WordVectorTableNames.FormatKey] = WordVectorTableNames.Format,
        };
        Dimensions = dimensions;
        ElementType = elementType;
        int known = metadata.Sum(pair => JsonLength(pair.Key) + JsonLength(pair.Value));
        _headerSize = (known + HeaderAllowance + Alignment - 1) / Alignment * Alignment;
        _stream.SetLength(_headerSize);
        _stream.Position = _headerSize;
        _rows = new RowSection(stream, _hash, dimensions, elementType);
    }

    /// <summary>The number of dimensions of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>The element type of the stored rows.</summary>
    public VectorElementType ElementType { get; }

    /// <summary>The number of rows so far.</summary>
    public int RowCount => _rows.Count;

    /// <summary>The number of keys so far.</summary>
    public int KeyCount => _keys.Count;

    /// <summary>Whether rows of character n-grams have been started.</summary>
    public bool HasNgrams => _ngrams is not null;

    /// <summary>Writes keys and rows to a file, completely or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced only once the new one is complete.</param>
    /// <param name="keys">The keys, most common first, without duplicates.</param>
    /// <param name="keyRows">The row of each key; keys may share a row.</param>
    /// <param name="rows">[rows, dimensions], row-major.</param>
    /// <param name="elementType">The element type of the stored rows.</param>
    /// <param name="metadata">Free-form text; <c>name</c> and <c>source</c> are shown to users.</param>
    /// <exception cref="ArgumentException">
    /// Keys are repeated, a key refers to a row that does not exist, or a row has no finite length.
    /// </exception>
    public static void Write(
        string path,
        IReadOnlyList<string> keys,
        ReadOnlySpan<int> keyRows,
        ReadOnlySpan2D<float> rows,
        VectorElementType elementType,
        IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count != keyRows.Length)
        {
            throw new ArgumentException(
                $"There are {keys.Count} keys, but {keyRows.Length} row numbers.", nameof(keyRows));
        }

        using AtomicFile file = AtomicFile.Create(path);
        using var writer = new WordVectorTableWriter(file.Stream, rows.Width, elementType, metadata);
        for (int row = 0; row < rows.Height; row++)
        {
            if (!writer.TryAddRow(rows.GetRowSpan(row), out _))
            {
                throw new ArgumentException($"Row {row} has no finite length.", nameof(rows));
            }
        }

        for (int i = 0; i < keys.Count; i++)
        {
            if (!writer.TryAddKey(Encoding.UTF8.GetBytes(keys[i]), keyRows[i]))
            {
                throw new ArgumentException($"Key '{keys[i]}' is duplicated.", nameof(keys));
            }
        }

        writer.Complete();
        file.Commit();
    }

    /// <summary>Adds a row.</summary>
    /// <param name="vector">[dimensions].</param>
    /// <param name="row">The row number; -1 if the row was not added.</param>
    /// <returns><see langword="false"/> if the row has no finite length because of NaN, infinity or overflow.</returns>
    public bool TryAddRow(ReadOnlySpan<float> vector, out int row)
    {
        if (_ngrams is not null)
        {
            throw new InvalidOperationException("Rows must be added before n-grams.");
        }

        row = _rows.TryAdd(Check(vector)) ? _rows.Count - 1 : -1;
        return row >= 0;
    }

    /// <summary>Adds a key; the most common keys must be added first.</summary>
    /// <param name="utf8Key">The key, which is neither checked nor changed.</param>
    /// <param name="row">A row that has been added, or will be.</param>
    /// <returns><see langword="false"/> if the key already exists; the first one is kept.</returns>
    public bool TryAddKey(ReadOnlySpan<byte> utf8Key, int row) => _keys.TryAdd(utf8Key, row);

    /// <summary>Adds a key of which only spaCy's hash is known (MurmurHash64A, seed 1).</summary>
    /// <param name="hash">The hash of the key's UTF-8.</param>
    /// <param name="row">A row, as for <see cref="TryAddKey"/>.</param>
    /// <returns><see langword="false"/> if that nameless key already exists.</returns>
    public bool TryAddNamelessKey(ulong hash, int row)
    {
        Span<byte> key = stackalloc byte[StoredKey.NamelessLength];
        StoredKey.WriteNameless(hash, key);
        return _keys.TryAdd(key, row);
    }

    /// <summary>Whether the key has been added.</summary>
    public bool ContainsKey(ReadOnlySpan<byte> utf8Key) => _keys.Contains(utf8Key);

    /// <summary>Starts the rows of character n-grams; no other rows can follow.</summary>
    /// <param name="options">The n-gram lengths and the hash function.</param>
    /// <param name="bucketRows">
    /// [buckets]: the n-gram row of each bucket plus one, 0 for none; empty if bucket and row are the same.
    /// </param>
    public void BeginNgrams(SubwordOptions options, ReadOnlySpan<uint> bucketRows = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        EndRows();
        _metadata[WordVectorTableNames.SubwordsKey] = options.ToJson();
        _ngramRows = bucketRows.IsEmpty ? null : MemoryMarshal.AsBytes(bucketRows).ToArray();
        _ngrams = new RowSection(_stream, _hash, Dimensions, ElementType);
    }

    /// <summary>Adds the row of the next n-gram.</summary>
    /// <returns><see langword="false"/> if the row has no finite length and was not added.</returns>
    public bool TryAddNgram(ReadOnlySpan<float> vector) =>
        (_ngrams ?? throw new InvalidOperationException("BeginNgrams must be called first.")).TryAdd(Check(vector));

    /// <summary>Writes keys, index and header.</summary>
    /// <param name="metadata">Metadata that is known only at the end, such as counts.</param>
    /// <exception cref="ArgumentException">A key refers to a row that was not added.</exception>
    public void Complete(IReadOnlyDictionary<string, string>? metadata = null)
    {
        CheckKeyRows();
        CheckMetadata(metadata ?? new Dictionary<string, string>());
        if (_ngrams is null)
        {
            EndRows();
        }
        else
        {
            EndNgrams(_ngrams);
        }

        Append(WordVectorTableNames.Norms, "F32", _rows.Norms);
        if (ElementType == VectorElementType.Int8)
        {
            Append(WordVectorTableNames.Scales, "F32", _rows.Scales);
        }

        Append(WordVectorTableNames.Slots, "U32", _keys.Slots);
        Append(WordVectorTableNames.KeyOffsets, "U32", _keys.Offsets);
        Append(WordVectorTableNames.KeyRows, "U32", _keys.Rows);
        Append(WordVectorTableNames.KeyBytes, "U8", _keys.Bytes);
        foreach ((string key, string value) in metadata ?? new Dictionary<string, string>())
        {
            _metadata[key] = value;
        }

        _metadata[WordVectorTableNames.ContentSha256Key] = Convert.ToHexStringLower(_hash.GetHashAndReset());
        _stream.Position = 0;
        _stream.Write(_layout.ToHeader(_metadata, _headerSize));
    }

    /// <summary>Releases the buffers; the stream stays open.</summary>
    public void Dispose()
    {
        _rows.Dispose();
        _ngrams?.Dispose();
        _keys.Dispose();
        _hash.Dispose();
    }

    private static void CheckMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        foreach (string reserved in WordVectorTableNames.ReservedKeys)
        {
            if (metadata.ContainsKey(reserved))
            {
                throw new ArgumentException(
                    $"The metadata key '{reserved}' is reserved for the format.", nameof(metadata));
            }
        }
    }

    // Each UTF-16 unit takes at most six bytes, as \uXXXX, and each text has two quotes and a separator.
    private static int JsonLength(string text) => (6 * text.Length) + 3;

    private ReadOnlySpan<float> Check(ReadOnlySpan<float> vector) => vector.Length == Dimensions
        ? vector
        : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"The vector has {vector.Length} numbers, not {Dimensions}."),
            nameof(vector));

    private void CheckKeyRows()
    {
        ReadOnlySpan<uint> rows = _keys.Rows;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= (uint)RowCount)
            {
                throw new ArgumentException($"Key {i} refers to row {(int)rows[i]}, but the table has {RowCount}.");
            }
        }
    }

    private void EndRows() => End(_rows, WordVectorTableNames.Vectors);

    private void EndNgrams(RowSection ngrams)
    {
        End(ngrams, WordVectorTableNames.NgramVectors);
        if (ElementType == VectorElementType.Int8)
        {
            Append(WordVectorTableNames.NgramScales, "F32", ngrams.Scales);
        }

        if (_ngramRows is not null)
        {
            Append(WordVectorTableNames.NgramRows, "U32", MemoryMarshal.Cast<byte, uint>(_ngramRows));
        }
    }

    private void End(RowSection section, string name)
    {
        section.Flush();
        string type = ElementType switch
        {
            VectorElementType.Float32 => "F32", VectorElementType.Float16 => "F16", _ => "I8",
        };
        _layout.Add(
            name,
            type,
            [section.Count, Dimensions],
            (long)section.Count * Dimensions * VectorRows.ElementSize(ElementType));
        int rest = (int)(_layout.Length % sizeof(ulong));
        if (rest > 0)
        {
            Span<byte> zeros = stackalloc byte[sizeof(ulong) - rest];
            zeros.Clear();
            Append<byte>($"{name}_{WordVectorTableNames.Padding}", "U8", zeros);
        }
    }

    private void Append<T>(string name, string dataType, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(values);
        _layout.Add(name, dataType, [values.Length], bytes.Length);
        _hash.AppendData(bytes);
        _stream.Write(bytes);
    }
}
