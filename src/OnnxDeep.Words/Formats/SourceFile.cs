using System.Buffers.Binary;
using System.IO.Compression;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats;

/// <summary>Opens sources that are one file on disk, packed or not.</summary>
internal static class SourceFile
{
    // Ten bytes of header, two of nothing packed, eight of check sum and length.
    private const int SmallestGzip = 20;

    /// <summary>Opens a file as it lies on disk.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
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

    /// <summary>Opens what gzip has packed.</summary>
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

    /// <summary>For reading in order by many bytes at once, so without a buffer of its own.</summary>
    public static FileStream OpenFile(string path) => new(
        FileTarget.Find(path).FullName,
        FileMode.Open,
        FileAccess.Read,
        FileShare.Read | FileShare.Delete,
        bufferSize: 0,
        FileOptions.SequentialScan);

    // .NET takes a file that is cut short for one that ends; the last four bytes tell how long it should have been.
    private static void CheckGzipEnd(string path, FileStream file, SourceStream stream)
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        if (file.Length < SmallestGzip
            || RandomAccess.Read(file.SafeFileHandle, trailer, file.Length - trailer.Length) < trailer.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(trailer) != (uint)stream.Unpacked)
        {
            throw new FileFormatException(
                path, stream.Unpacked, "more packed data, or a gzip file of one member, found its end");
        }
    }
}
