using System.Text;

namespace OnnxDeep.Tests;

/// <summary>Creates protobuf fields: models are built from bytes; their types are in another load context.</summary>
internal static class ProtobufFields
{
    public static byte[] Text(int field, string text) => Field(field, Encoding.ASCII.GetBytes(text));

    /// <summary>Creates a field of at most 16,383 bytes, such as a message.</summary>
    public static byte[] Field(int field, byte[] bytes) => bytes.Length < 128
        ? [(byte)((field << 3) | 2), (byte)bytes.Length, .. bytes]
        : [(byte)((field << 3) | 2), (byte)(bytes.Length | 0x80), (byte)(bytes.Length >> 7), .. bytes];
}
