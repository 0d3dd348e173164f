using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;

namespace OnnxDeep.Packager;

/// <summary>A file that is compressed once and goes into several packages.</summary>
/// <param name="Length">The length of the content in bytes.</param>
/// <param name="Crc">The CRC-32 of the content.</param>
/// <param name="Sha256">The SHA-256 of the content, in hexadecimal.</param>
/// <param name="Deflated">The compressed content.</param>
internal sealed record PackedFile(int Length, uint Crc, string Sha256, ReadOnlyMemory<byte> Deflated)
{
    /// <summary>Compresses a content.</summary>
    public static PackedFile From(byte[] content)
    {
        using var output = new MemoryStream(content.Length / 2);
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return new PackedFile(
            content.Length,
            Crc32.HashToUInt32(content),
            Convert.ToHexStringLower(SHA256.HashData(content)),
            output.GetBuffer().AsMemory(0, (int)output.Length));
    }
}
