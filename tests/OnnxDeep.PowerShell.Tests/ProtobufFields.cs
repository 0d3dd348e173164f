using System.Text;

namespace OnnxDeep.Tests;

/// <summary>Fields of protobuf: models here are bytes, as the module's types are in a context of its own.</summary>
internal static class ProtobufFields
{
    public static byte[] Text(int field, string text) => Field(field, Encoding.ASCII.GetBytes(text));

    /// <summary>A field of bytes, such as a message, of at most 16,383.</summary>
    public static byte[] Field(int field, byte[] bytes) => bytes.Length < 128
        ? [(byte)((field << 3) | 2), (byte)bytes.Length, .. bytes]
        : [(byte)((field << 3) | 2), (byte)(bytes.Length | 0x80), (byte)(bytes.Length >> 7), .. bytes];
}
