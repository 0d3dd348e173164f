using OnnxDeep.IO;

namespace OnnxDeep.Onnx.Files;

/// <summary>Reads the elements of protobuf from a seekable stream of any length.</summary>
internal sealed class ProtoSource
{
    private const int MostVarintBytes = 10;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[1 << 14];
    private readonly byte[] _beginning;
    private long _bufferOffset;
    private int _start;
    private int _end;

    /// <summary>Creates a reader at the start of a stream.</summary>
    /// <param name="stream">The bytes; not closed.</param>
    /// <param name="path">The file's name in errors.</param>
    public ProtoSource(Stream stream, string path)
    {
        _stream = stream;
        Path = path;
        Length = stream.Length;
        _end = stream.ReadAtLeast(_buffer, ForeignFile.PrefixBytes, throwOnEndOfStream: false);
        _beginning = _buffer.AsSpan(0, Math.Min(_end, ForeignFile.PrefixBytes)).ToArray();
    }

    /// <summary>The file's name in errors.</summary>
    public string Path { get; }

    /// <summary>The stream's length in bytes.</summary>
    public long Length { get; }

    /// <summary>The position, in bytes from the start.</summary>
    public long Position => _bufferOffset + _start;

    /// <summary>Reads a field's number and wire type.</summary>
    /// <exception cref="FileFormatException">The bytes are not a tag.</exception>
    public uint ReadTag()
    {
        ulong tag = ReadVarint();
        return tag is > 7 and <= uint.MaxValue ? (uint)tag : throw Damaged(null);
    }

    /// <summary>Reads a variable-length number.</summary>
    /// <exception cref="FileFormatException">The number does not end.</exception>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < MostVarintBytes; i++)
        {
            if (_start == _end)
            {
                Fill();
            }

            byte part = _buffer[_start++];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Damaged(null);
    }

    /// <summary>Copies bytes.</summary>
    /// <param name="output">The destination.</param>
    /// <param name="length">The number of bytes; the caller has checked that they exist.</param>
    public void CopyTo(ProtoOutput output, int length)
    {
        while (length > 0)
        {
            if (_start == _end)
            {
                Fill();
            }

            int part = Math.Min(length, _end - _start);
            output.Write(_buffer.AsSpan(_start, part));
            _start += part;
            length -= part;
        }
    }

    /// <summary>Skips bytes without reading them.</summary>
    public void Skip(long length)
    {
        if (length <= _end - _start)
        {
            _start += (int)length;
            return;
        }

        _bufferOffset = Position + length;
        _start = 0;
        _end = 0;
        _stream.Position = _bufferOffset;
    }

    /// <summary>Creates the error for bytes that are not a model.</summary>
    public FileFormatException Damaged(Exception? cause)
    {
        ForeignFile? found = ForeignFile.Detect(_beginning);
        return found is null && ModelErrors.LooksLikeOnnx(_beginning)
            ? ModelErrors.Truncated(Path, $"at byte {Position} of {Length}", cause)
            : ModelErrors.NotOnnx(Path, found, cause);
    }

    private void Fill()
    {
        _bufferOffset += _end;
        _start = 0;
        _end = _stream.Read(_buffer);
        if (_end == 0)
        {
            throw Damaged(null);
        }
    }
}
