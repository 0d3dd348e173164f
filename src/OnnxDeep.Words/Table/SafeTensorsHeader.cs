using System.Buffers.Binary;
using System.Text.Json;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Table;

/// <summary>
/// The header of a safetensors file: eight bytes of length, then JSON with the type, shape and position of every
/// tensor. Source: the safetensors format description, version 0.4.
/// </summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The limit of the format; a longer header is rejected before memory is allocated.</summary>
    public const int MaximumLength = 100_000_000;

    /// <summary>The header entry for free-form text pairs, which is not a tensor.</summary>
    public const string MetadataKey = "__metadata__";

    private SafeTensorsHeader(
        Dictionary<string, Entry> tensors, Dictionary<string, string> metadata, long dataStart)
    {
        DataStart = dataStart;
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>The offset of the tensors' bytes, which extend to the end of the file.</summary>
    public long DataStart { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, Entry> Tensors { get; }

    /// <summary>The free-form text pairs under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>
    /// Reads and checks the header; every entry is inside the file and has the length that its shape requires.
    /// </summary>
    /// <exception cref="FileFormatException">The bytes are not a safetensors file.</exception>
    public static SafeTensorsHeader Read(Stream stream, string path)
    {
        long fileLength = stream.Length;
        Span<byte> prefix = stackalloc byte[8];
        if (fileLength < 8 || stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
        {
            throw new FileFormatException(path, fileLength, "the 8-byte header length of a safetensors file");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumLength || (long)length > fileLength - 8)
        {
            stream.Position = 0;
            if (ForeignFile.Detect(stream) is { Kind: not ForeignKind.SafeTensors } found)
            {
                throw new FileFormatException(
                    ErrorIds.VectorsFormatUnknown,
                    path,
                    0,
                    $"a safetensors file, but the file is {found.What}",
                    found.DataAdvice);
            }

            throw new FileFormatException(
                path, 0, $"a header length of at most {Math.Min(MaximumLength, fileLength - 8)}, found {length}");
        }

        byte[] json = new byte[(int)length];
        stream.ReadExactly(json);
        return Parse(json, path, fileLength);
    }

    private static SafeTensorsHeader Parse(ReadOnlySpan<byte> json, string path, long fileLength)
    {
        var tensors = new Dictionary<string, Entry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        long dataStart = 8 + json.Length;
        var reader = new Utf8JsonReader(json);
        try
        {
            Expect(ref reader, JsonTokenType.StartObject, path);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                Expect(ref reader, JsonTokenType.StartObject, path);
                if (name == MetadataKey)
                {
                    ReadMetadata(ref reader, metadata, path);
                }
                else
                {
                    Entry entry = ReadEntry(ref reader, name, path, dataStart, fileLength);
                    if (!tensors.TryAdd(name, entry))
                    {
                        throw new FileFormatException(path, 8, $"one tensor named '{name}', found two");
                    }
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FileFormatException(path, 8 + reader.BytesConsumed, "a JSON header", e);
        }

        return new SafeTensorsHeader(tensors, metadata, dataStart);
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata, string path)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(ref reader, JsonTokenType.String, path);
            metadata[key] = reader.GetString()!;
        }
    }

    private static Entry ReadEntry(
        ref Utf8JsonReader reader, string name, string path, long dataStart, long fileLength)
    {
        string dataType = string.Empty;
        var shape = new List<long>(2);
        var offsets = new List<long>(2);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dtype"u8))
            {
                Expect(ref reader, JsonTokenType.String, path);
                dataType = reader.GetString()!;
            }
            else if (reader.ValueTextEquals("shape"u8))
            {
                ReadNumbers(ref reader, shape, name, path);
            }
            else if (reader.ValueTextEquals("data_offsets"u8))
            {
                ReadNumbers(ref reader, offsets, name, path);
            }
            else
            {
                reader.Skip();
            }
        }

        long dataLength = fileLength - dataStart;
        if (offsets.Count != 2 || offsets[0] > offsets[1] || offsets[1] > dataLength)
        {
            throw new FileFormatException(
                path, 8, $"data_offsets of tensor '{name}' inside the {Quantity.Of(dataLength, "byte")} of data");
        }

        // Later versions of the format may add types; only a tensor that is read must have a known one.
        long length = offsets[1] - offsets[0];
        if (Bits(dataType) is int bits && ByteLength(bits, shape) is long expected && expected != length)
        {
            throw new FileFormatException(
                path,
                dataStart + offsets[0],
                $"{(expected < 0 ? "a valid shape" : Quantity.Of(expected, "byte"))} for tensor '{name}' "
                + $"({dataType} [{string.Join(", ", shape)}]), found {Quantity.Of(length, "byte")}");
        }

        return new Entry(name, dataType, [.. shape], dataStart + offsets[0], length);
    }

    private static void ReadNumbers(ref Utf8JsonReader reader, List<long> numbers, string name, string path)
    {
        Expect(ref reader, JsonTokenType.StartArray, path);
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            if (!reader.TryGetInt64(out long number) || number < 0)
            {
                throw new FileFormatException(
                    path, 8 + reader.TokenStartIndex, $"a nonnegative integer for tensor '{name}'");
            }

            numbers.Add(number);
        }
    }

    private static int? Bits(string dataType) => dataType switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" or "F8_E4M3FNUZ" or "F8_E5M2FNUZ" => 8,
        "F16" or "BF16" or "I16" or "U16" => 16,
        "F32" or "I32" or "U32" => 32,
        "F64" or "I64" or "U64" or "C64" => 64,
        _ => null,
    };

    // -1 if the product exceeds 63 bits, or a number would end inside a byte.
    private static long ByteLength(int bits, List<long> shape)
    {
        long length = bits;
        foreach (long extent in shape)
        {
            if (extent != 0 && length > long.MaxValue / extent)
            {
                return -1;
            }

            length *= extent;
        }

        return length % 8 == 0 ? length / 8 : -1;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token, string path)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new FileFormatException(
                path, 8 + reader.BytesConsumed, $"{token} in the JSON header, found {reader.TokenType}");
        }
    }

    /// <summary>A tensor of a safetensors file: its type, shape and position.</summary>
    /// <param name="Name">The key in the header.</param>
    /// <param name="DataType">The type name in the format: F32, F16, I8, U8, U32, F8_E4M3, …</param>
    /// <param name="Shape">The extents, row-major.</param>
    /// <param name="Offset">The offset from the start of the file, in bytes.</param>
    /// <param name="Length">The length in bytes.</param>
    internal sealed record Entry(string Name, string DataType, long[] Shape, long Offset, long Length);
}
