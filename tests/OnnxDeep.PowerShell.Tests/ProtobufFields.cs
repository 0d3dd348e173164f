using System.Text;

namespace OnnxDeep.Tests;

/// <summary>Creates protobuf fields: models are built from bytes; their types are in another load context.</summary>
internal static class ProtobufFields
{
    public static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Creates a field of bytes, such as a message.</summary>
    public static byte[] Field(int field, byte[] bytes) =>
        [.. Varint((field << 3) | 2), .. Varint(bytes.Length), .. bytes];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
