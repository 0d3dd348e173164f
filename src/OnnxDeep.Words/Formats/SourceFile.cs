using System.Buffers.Binary;
using System.IO.Compression;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats;

/// <summary>Opens sources that are one file on disk, compressed or not.</summary>
internal static class SourceFile
{
    // Ten bytes of header, two of empty compressed data, eight of checksum and length.
    private const int SmallestGzip = 20;

    /// <summary>Opens a file without decompressing it.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static SourceStream Open(string path)
    {
        FileStream file = OpenFile(path);
        try
        {
            return new SourceStream(path, file, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that is compressed with gzip.</summary>
    public static SourceStream OpenGzip(string path)
    {
        FileStream file = OpenFile(path);
        try
        {
            return new SourceStream(
                path,
                new GZipStream(file, CompressionMode.Decompress),
                file,
                stream => CheckGzipEnd(path, file, stream));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for large sequential reads, and therefore without a buffer.</summary>
    public static FileStream OpenFile(string path) => new(
        FileTarget.Find(path).FullName,
        FileMode.Open,
        FileAccess.Read,
        FileShare.Read | FileShare.Delete,
        bufferSize: 0,
        FileOptions.SequentialScan);

    // .NET does not distinguish a truncated file from a complete one; the last four bytes contain the expected length.
    private static void CheckGzipEnd(string path, FileStream file, SourceStream stream)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        if (file.Length < SmallestGzip
            || RandomAccess.Read(file.SafeFileHandle, trailer, file.Length - trailer.Length) < trailer.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)stream.Unpacked)
        {
            throw new FileFormatException(
                path, stream.Unpacked, "more compressed data, or a gzip file with a single member, found its end");
        }
    }
}
