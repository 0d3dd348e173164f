using System.Buffers.Binary;
using System.Globalization;
using System.Text;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.Archives;

/// <summary>
/// Reads a tape archive sequentially: POSIX ustar and pax, and GNU's long names. System.Formats.Tar allocates as much
/// memory as a header claims, up to two gigabytes; this class trusts no claim. Source: POSIX.1-2017, pax interchange
/// format.
/// </summary>
internal sealed class TarWalker(Stream stream, string path)
{
    private const int BlockBytes = 512;

    // Long names and pax records; a path takes at most a few thousand bytes.
    private const int MostExtraBytes = 1 << 16;

    private readonly byte[] _block = new byte[BlockBytes];
    private readonly SourceReader _reader = new(stream, path);
    private long _next;

    /// <summary>The number of bytes of the decompressed archive read so far.</summary>
    public long Offset => _reader.Offset;

    /// <summary>Moves to the next file or link; folders and other entries are skipped.</summary>
    /// <returns><see langword="false"/> at the end, when the complete archive has been read.</returns>
    /// <exception cref="FileFormatException">The archive is damaged or truncated.</exception>
    public bool TryMoveNext(out Entry entry)
    {
        string? longName = null;
        long? longSize = null;
        while (true)
        {
            _reader.Skip(_next - _reader.Offset, "the file of a tar header");
            long start = _reader.Offset;
            _reader.ReadExactly(_block, "a tar header or the archive's end");
            if (!_block.AsSpan().ContainsAnyExcept((byte)0))
            {
                ReadToEnd();
                entry = default;
                return false;
            }

            CheckSum(start);
            long size = ReadNumber(124, 12, start);
            char kind = (char)_block[156];
            if (kind is 'x' or 'L')
            {
                byte[] extra = ReadExtra(size, start);
                SetNext(size, start);
                if (kind == 'L')
                {
                    longName = Encoding.UTF8.GetString(extra).TrimEnd('\0');
                }
                else
                {
                    ReadPax(extra, start, ref longName, ref longSize);
                }

                continue;
            }

            size = longSize ?? size;
            SetNext(size, start);
            string name = longName ?? ReadName();
            longName = null;
            longSize = null;
            if (kind is '0' or '\0' or '7' or '1' or '2' && !name.EndsWith('/'))
            {
                entry = new Entry(name, size, kind is '1' or '2');
                return true;
            }
        }
    }

    /// <summary>Reads the current file.</summary>
    /// <param name="bytes">The buffer, not longer than the rest of the file.</param>
    public void ReadExactly(Span<byte> bytes) => _reader.ReadExactly(bytes, "the file of a tar header");

    // The next header follows the content; sizes in headers and pax records are at most SourceLimits.UnpackedBytes.
    private void SetNext(long size, long start) =>
        _next = start + BlockBytes + ((size + BlockBytes - 1) / BlockBytes * BlockBytes);

    // A compressed archive shows damage only at its end.
    private void ReadToEnd()
    {
        while (!_reader.IsAtEnd)
        {
            _reader.ReadByte("the archive's end");
        }
    }

    private void CheckSum(long start)
    {
        long sum = 0;
        for (int i = 0; i < BlockBytes; i++)
        {
            sum += i is >= 148 and < 156 ? (byte)' ' : _block[i];
        }

        if (ReadNumber(148, 8, start) != sum)
        {
            throw new FileFormatException(path, start, "a tar header with a valid checksum");
        }
    }

    // Octal digits surrounded by blanks or, if the first bit is set, a big-endian number.
    private long ReadNumber(int offset, int length, long start)
    {
        ReadOnlySpan<byte> field = _block.AsSpan(offset, length);
        long value = 0;
        if (field[0] == 0x80)
        {
            value = field[..^8].IndexOfAnyExcept((byte)0, (byte)0x80) < 0
                ? BinaryPrimitives.ReadInt64BigEndian(field[^8..])
                : -1;
        }
        else
        {
            foreach (byte digit in field.Trim(" \0"u8))
            {
                value = digit is >= (byte)'0' and <= (byte)'7' && value >= 0 ? (value << 3) | (uint)(digit - '0') : -1;
            }
        }

        return value is >= 0 and <= SourceLimits.UnpackedBytes
            ? value
            : throw new FileFormatException(
                path,
                start + offset,
                FormattableString.Invariant($"a number of 0 to {SourceLimits.UnpackedBytes:N0} in a tar header"));
    }

    private string ReadName()
    {
        string name = Text(_block.AsSpan(0, 100));
        bool isPosix = _block.AsSpan(257).StartsWith("ustar\0"u8);
        string prefix = isPosix ? Text(_block.AsSpan(345, 155)) : string.Empty;
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private static string Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    private byte[] ReadExtra(long size, long start)
    {
        if (size > MostExtraBytes)
        {
            throw new FileFormatException(
                path,
                start,
                FormattableString.Invariant($"a long name or pax record of at most {MostExtraBytes:N0} bytes"));
        }

        byte[] bytes = new byte[size];
        _reader.ReadExactly(bytes, "a long name or pax record");
        return bytes;
    }

    // Records are "length key=value\n"; the length is that of the complete record.
    private void ReadPax(ReadOnlySpan<byte> records, long start, ref string? name, ref long? size)
    {
        while (!records.IsEmpty)
        {
            int blank = records.IndexOf((byte)' ');
            if (blank < 0
                || !int.TryParse(records[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= blank + 1
                || length > records.Length)
            {
                throw new FileFormatException(path, start + BlockBytes, "a pax record");
            }

            ReadOnlySpan<byte> record = records[(blank + 1)..(length - 1)];
            if (record.StartsWith("path="u8))
            {
                name = Encoding.UTF8.GetString(record["path=".Length..]);
            }
            else if (record.StartsWith("size="u8))
            {
                bool isNumber = long.TryParse(
                    record["size=".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long value);
                size = isNumber && value <= SourceLimits.UnpackedBytes
                    ? value
                    : throw new FileFormatException(
                        path, start + BlockBytes, "a valid size in a pax record");
            }

            records = records[length..];
        }
    }

    /// <summary>A file of a tape archive.</summary>
    /// <param name="Name">The name as stored in the archive.</param>
    /// <param name="Length">The length in bytes.</param>
    /// <param name="IsLink">Whether the entry is only a link to another file.</param>
    internal readonly record struct Entry(string Name, long Length, bool IsLink);
}
