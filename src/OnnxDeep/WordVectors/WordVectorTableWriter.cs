using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using CommunityToolkit.HighPerformance;

using OnnxDeep.IO;
using OnnxDeep.Numerics;

namespace OnnxDeep.WordVectors;

/// <summary>Writes a <see cref="WordVectorTable"/> file: whole or not at all.</summary>
public static class WordVectorTableWriter
{
    /// <summary>Writes keys and rows; the same arguments give the same bytes.</summary>
    /// <param name="path">The file; an older one is replaced only once the new one is complete.</param>
    /// <param name="keys">The keys, most common first, each once.</param>
    /// <param name="keyRows">The row of each key; keys may share one.</param>
    /// <param name="rows">[rows, dimensions], row-major.</param>
    /// <param name="elementType">How the rows are stored.</param>
    /// <param name="metadata">Free text; <c>name</c> and <c>source</c> are shown to users.</param>
    /// <exception cref="ArgumentException">Keys repeat, a key names no row, or a row holds no numbers.</exception>
    public static void Write(
        string path,
        IReadOnlyList<string> keys,
        ReadOnlySpan<int> keyRows,
        ReadOnlySpan2D<float> rows,
        VectorElementType elementType,
        IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(metadata);
        foreach (string reserved in new[] { WordVectorTableNames.FormatKey, WordVectorTableNames.ContentSha256Key })
        {
            if (metadata.ContainsKey(reserved))
            {
                throw new ArgumentException($"The metadata key '{reserved}' is the format's own.", nameof(metadata));
            }
        }

        if (keys.Count != keyRows.Length)
        {
            throw new ArgumentException($"{keys.Count} keys but {keyRows.Length} rows of keys.", nameof(keyRows));
        }

        // The bytes of the keys come last: all before them then starts on a multiple of its element's size.
        List<(string Name, string DataType, long[] Shape, byte[] Data)> tensors =
        [
            .. Keys(keys, keyRows, rows.Height, out byte[] keyBytes),
            .. Rows(rows, elementType),
            (WordVectorTableNames.KeyBytes, "U8", [keyBytes.Length], keyBytes),
        ];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((_, _, _, byte[] data) in tensors)
        {
            hash.AppendData(data);
        }

        byte[] header = Header(tensors, metadata, Convert.ToHexStringLower(hash.GetHashAndReset()));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(BitConverter.GetBytes((ulong)header.Length));
            stream.Write(header);
            foreach ((_, _, _, byte[] data) in tensors)
            {
                stream.Write(data);
            }
        });
    }

    private static IEnumerable<(string Name, string DataType, long[] Shape, byte[] Data)> Keys(
        IReadOnlyList<string> keys, ReadOnlySpan<int> keyRows, int rowCount, out byte[] keyBytes)
    {
        using var bytes = new MemoryStream();
        uint[] offsets = new uint[keys.Count + 1];
        uint[] rows = new uint[keys.Count];
        uint[] slots = new uint[BitOperations.RoundUpToPowerOf2((uint)(keys.Count * 4L / 3 + 1))];
        for (int i = 0; i < keys.Count; i++)
        {
            if ((uint)keyRows[i] >= (uint)rowCount)
            {
                throw new ArgumentException($"Key '{keys[i]}' names row {keyRows[i]} of {rowCount}.", nameof(keyRows));
            }

            byte[] utf8 = Encoding.UTF8.GetBytes(keys[i]);
            Insert(slots, offsets, bytes.GetBuffer(), utf8, i, keys[i]);
            bytes.Write(utf8);
            offsets[i + 1] = checked((uint)bytes.Length);
            rows[i] = (uint)keyRows[i];
        }

        keyBytes = bytes.ToArray();
        return
        [
            (WordVectorTableNames.Slots, "U32", [slots.Length], Bytes<uint>(slots)),
            (WordVectorTableNames.KeyOffsets, "U32", [offsets.Length], Bytes<uint>(offsets)),
            (WordVectorTableNames.KeyRows, "U32", [rows.Length], Bytes<uint>(rows)),
        ];
    }

    private static void Insert(
        uint[] slots, uint[] offsets, byte[] bytes, ReadOnlySpan<byte> utf8, int index, string key)
    {
        long mask = slots.Length - 1;
        long slot = (long)Murmur.Hash64A(utf8) & mask;
        while (slots[slot] != 0)
        {
            int other = (int)slots[slot] - 1;
            if (bytes.AsSpan((int)offsets[other], (int)(offsets[other + 1] - offsets[other])).SequenceEqual(utf8))
            {
                throw new ArgumentException($"Key '{key}' stands twice.", nameof(key));
            }

            slot = (slot + 1) & mask;
        }

        slots[slot] = (uint)index + 1;
    }

    private static IEnumerable<(string Name, string DataType, long[] Shape, byte[] Data)> Rows(
        ReadOnlySpan2D<float> rows, VectorElementType elementType)
    {
        int width = rows.Width;
        float[] norms = new float[rows.Height];
        float[] scales = new float[rows.Height];
        int size = elementType switch { VectorElementType.Float32 => 4, VectorElementType.Float16 => 2, _ => 1 };
        byte[] vectors = new byte[(long)rows.Height * width * size];
        float[] row = new float[width];
        for (int r = 0; r < rows.Height; r++)
        {
            rows.GetRowSpan(r).CopyTo(row);
            Span<byte> target = vectors.AsSpan(r * width * size, width * size);
            switch (elementType)
            {
                case VectorElementType.Float32:
                    MemoryMarshal.AsBytes(row.AsSpan()).CopyTo(target);
                    break;
                case VectorElementType.Float16:
                    Span<Half> halves = MemoryMarshal.Cast<byte, Half>(target);
                    for (int i = 0; i < width; i++)
                    {
                        halves[i] = (Half)row[i];
                        row[i] = (float)halves[i];
                    }

                    break;
                default:
                    Span<sbyte> bytes = MemoryMarshal.Cast<byte, sbyte>(target);
                    scales[r] = Int8Rows.Quantize(row, bytes);
                    Int8Rows.Expand(bytes, scales[r], row);
                    break;
            }

            norms[r] = VectorMath.Norm(row);
            if (!float.IsFinite(norms[r]))
            {
                throw new ArgumentException($"Row {r} has no finite length.", nameof(rows));
            }
        }

        (string, string, long[], byte[]) table =
            (WordVectorTableNames.Vectors, size switch { 4 => "F32", 2 => "F16", _ => "I8" }, [rows.Height, width], vectors);
        (string, string, long[], byte[]) norm = (WordVectorTableNames.Norms, "F32", [norms.Length], Bytes<float>(norms));
        return elementType == VectorElementType.Int8
            ? [norm, (WordVectorTableNames.Scales, "F32", [scales.Length], Bytes<float>(scales)), table]
            : [norm, table];
    }

    private static byte[] Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    private static byte[] Header(
        List<(string Name, string DataType, long[] Shape, byte[] Data)> tensors,
        IReadOnlyDictionary<string, string> metadata,
        string contentSha256)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(SafeTensorsHeader.MetadataKey);
            writer.WriteString(WordVectorTableNames.FormatKey, WordVectorTableNames.Format);
            foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteString(key, value);
            }

            writer.WriteString(WordVectorTableNames.ContentSha256Key, contentSha256);
            writer.WriteEndObject();
            long offset = 0;
            foreach ((string name, string dataType, long[] shape, byte[] data) in tensors)
            {
                writer.WriteStartObject(name);
                writer.WriteString("dtype", dataType);
                WriteNumbers(writer, "shape", shape);
                WriteNumbers(writer, "data_offsets", [offset, offset + data.Length]);
                writer.WriteEndObject();
                offset += data.Length;
            }

            writer.WriteEndObject();
        }

        // The format allows trailing blanks, which keep the data aligned.
        while (json.Length % 8 != 0)
        {
            json.WriteByte((byte)' ');
        }

        return json.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, long[] numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
