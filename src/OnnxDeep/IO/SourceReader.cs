using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OnnxDeep.IO;

/// <summary>
/// Reads a binary source sequentially; an early end is an error that names what is missing and where.
/// </summary>
/// <param name="stream">The bytes; not closed.</param>
/// <param name="path">The source's name in errors.</param>
/// <param name="start">The stream's position in the source.</param>
internal sealed class SourceReader(Stream stream, string path, long start = 0)
{
    private readonly byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private long _bufferOffset = start;

    /// <summary>The source's name in errors.</summary>
    public string Path => path;

    /// <summary>The position, in bytes from the start.</summary>
    public long Offset => _bufferOffset + _start;

    /// <summary>Whether all bytes have been read.</summary>
    public bool IsAtEnd => _start == _end && !Fill(1);

    /// <summary>Reads a byte.</summary>
    public byte ReadByte(string what)
    {
        Need(1, what);
        return _buffer[_start++];
    }

    /// <summary>Reads four bytes, little endian.</summary>
    public int ReadInt32(string what)
    {
        Need(sizeof(int), what);
        int value = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
        _start += sizeof(int);
        return value;
    }

    /// <summary>Reads eight bytes, little endian.</summary>
    public long ReadInt64(string what)
    {
        Need(sizeof(long), what);
        long value = BinaryPrimitives.ReadInt64LittleEndian(_buffer.AsSpan(_start));
        _start += sizeof(long);
        return value;
    }

    /// <summary>Reads exactly enough bytes to fill the span.</summary>
    public void ReadExactly(Span<byte> bytes, string what)
    {
        while (!bytes.IsEmpty)
        {
            if (_start == _end && !Fill(1))
            {
                throw EndedEarly(what);
            }

            int length = Math.Min(bytes.Length, _end - _start);
            _buffer.AsSpan(_start, length).CopyTo(bytes);
            _start += length;
            bytes = bytes[length..];
        }
    }

    /// <summary>Reads four-byte numbers, little endian.</summary>
    public void ReadFloats(Span<float> values, string what) => ReadExactly(MemoryMarshal.AsBytes(values), what);

    /// <summary>Reads up to and including a delimiter; the result is valid until the next call.</summary>
    /// <param name="delimiter">Not part of the result.</param>
    /// <param name="maximum">The maximum number of bytes before it, less than 256 KB.</param>
    /// <param name="what">What is read, for errors.</param>
    public ReadOnlySpan<byte> ReadUntil(byte delimiter, int maximum, string what)
    {
        for (int searched = 0; ;)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf(delimiter);
            if (found >= 0 && searched + found <= maximum)
            {
                ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, searched + found);
                _start += bytes.Length + 1;
                return bytes;
            }

            searched = _end - _start;
            if (found >= 0 || searched > maximum)
            {
                throw new FileFormatException(
                    path, Offset, FormattableString.Invariant($"{what} of at most {maximum:N0} bytes"));
            }

            if (!Fill(searched + 1))
            {
                throw EndedEarly(what);
            }
        }
    }

    /// <summary>Skips bytes.</summary>
    public void Skip(long count, string what)
    {
        while (count > 0)
        {
            if (_start == _end && !Fill(1))
            {
                throw EndedEarly(what);
            }

            int length = (int)Math.Min(count, _end - _start);
            _start += length;
            count -= length;
        }
    }

    /// <summary>Skips all bytes up to the end.</summary>
    /// <param name="stop">Cancels the reading.</param>
    /// <returns>The number of bytes.</returns>
    public long SkipToEnd(CancellationToken stop)
    {
        long first = Offset;
        while (!IsAtEnd)
        {
            stop.ThrowIfCancellationRequested();
            _start = _end;
        }

        return Offset - first;
    }

    /// <summary>The next byte, without consuming it; -1 at the end.</summary>
    public int Peek() => IsAtEnd ? -1 : _buffer[_start];

    /// <summary>The next bytes, without consuming them; fewer at the end.</summary>
    public ReadOnlySpan<byte> PeekUpTo(int count)
    {
        Fill(count);
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    private void Need(int count, string what)
    {
        if (_end - _start < count && !Fill(count))
        {
            throw EndedEarly(what);
        }
    }

    private bool Fill(int count)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _bufferOffset += _start;
        _end -= _start;
        _start = 0;
        while (_end < count)
        {
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                return false;
            }

            _end += read;
        }

        return true;
    }

    private FileFormatException EndedEarly(string what) =>
        new(path, Offset + _end - _start, $"{what}, found the end of the file");
}
