using System.Text.Json;

namespace OnnxDeep.Words.Table;

/// <summary>Builds the header of a safetensors file with contiguous tensors.</summary>
internal sealed class SafeTensorsLayout
{
    private readonly List<(string Name, string DataType, long[] Shape, long Length)> _tensors = [];

    /// <summary>The total length of the tensors so far, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds the next tensor.</summary>
    public void Add(string name, string dataType, long[] shape, long length)
    {
        _tensors.Add((name, dataType, shape, length));
        Length += length;
    }

    /// <summary>Creates the eight bytes of length and the JSON, padded with blanks as the format allows.</summary>
    /// <param name="metadata">The text pairs, which are written sorted by key.</param>
    /// <param name="size">The total size of the header in bytes.</param>
    public byte[] ToHeader(IReadOnlyDictionary<string, string> metadata, int size)
    {
        byte[] json = ToJson(metadata);
        if (json.Length + sizeof(ulong) > size)
        {
            throw new InvalidOperationException($"The header needs {json.Length + sizeof(ulong)} bytes, not {size}.");
        }

        byte[] header = new byte[size];
        header.AsSpan().Fill((byte)' ');
        BitConverter.TryWriteBytes(header, (ulong)(size - sizeof(ulong)));
        json.CopyTo(header, sizeof(ulong));
        return header;
    }

    private byte[] ToJson(IReadOnlyDictionary<string, string> metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(SafeTensorsHeader.MetadataKey);
            foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            long offset = 0;
            foreach ((string name, string dataType, long[] shape, long length) in _tensors)
            {
                writer.WriteStartObject(name);
                writer.WriteString("dtype", dataType);
                WriteNumbers(writer, "shape", shape);
                WriteNumbers(writer, "data_offsets", [offset, offset + length]);
                writer.WriteEndObject();
                offset += length;
            }

            writer.WriteEndObject();
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
