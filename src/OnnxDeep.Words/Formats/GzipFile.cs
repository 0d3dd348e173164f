using System.IO.Compression;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats;

/// <summary>
/// The bytes of a gzip file of one or several members. .NET does not distinguish a truncated file from a complete one;
/// here, one more member follows the last one, and is found only if that one is complete.
/// </summary>
/// <param name="file">The file, at its start; not closed.</param>
internal sealed class GzipFile(Stream file) : ForwardStream
{
    private static readonly byte[] s_mark = "the end."u8.ToArray();
    private static readonly byte[] s_lastMember = Pack(s_mark);

    private int? _last;

    /// <summary>Checks that the last member is complete; its content has been read.</summary>
    /// <param name="unpacked">The stream that decompresses this one.</param>
    /// <exception cref="InvalidDataException">The compressed data is damaged.</exception>
    public bool IsComplete(GZipStream unpacked)
    {
        _last = 0;
        byte[] end = new byte[s_lastMember.Length];
        int read = unpacked.ReadAtLeast(end, end.Length, throwOnEndOfStream: false);
        return end.AsSpan(0, read).SequenceEqual(s_mark);
    }

    protected override int ReadNext(Span<byte> buffer)
    {
        int read = file.Read(buffer);
        if (read > 0 || _last is not int last)
        {
            return read;
        }

        int count = Math.Min(buffer.Length, s_lastMember.Length - last);
        s_lastMember.AsSpan(last, count).CopyTo(buffer);
        _last = last + count;
        return count;
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
