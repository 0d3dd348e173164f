namespace OnnxDeep.Onnx.Files;

/// <summary>Reads the pieces of protobuf from a seekable stream, of any length.</summary>
internal sealed class ProtoSource
{
    private const int MostVarintBytes = 10;

    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[1 << 14];
    private readonly bool _looksLikeOnnx;
    private long _bufferOffset;
    private int _start;
    private int _end;

    /// <summary>Stands at the start.</summary>
    /// <param name="stream">Not closed.</param>
    /// <param name="path">For errors.</param>
    public ProtoSource(Stream stream, string path)
    {
        _stream = stream;
        Path = path;
        Length = stream.Length;
        _end = stream.ReadAtLeast(_buffer, 2, throwOnEndOfStream: false);
        _looksLikeOnnx = ModelErrors.LooksLikeOnnx(_buffer.AsSpan(0, _end));
    }

    /// <summary>For errors.</summary>
    public string Path { get; }

    /// <summary>The stream's length in bytes.</summary>
    public long Length { get; }

    /// <summary>Bytes from the start.</summary>
    public long Position => _bufferOffset + _start;

    /// <summary>A field's number and kind.</summary>
    /// <exception cref="FileFormatException">It is none.</exception>
    public uint ReadTag()
    {
        ulong tag = ReadVarint();
        return tag is > 7 and <= uint.MaxValue ? (uint)tag : throw Damaged(null);
    }

    /// <summary>A number of variable length.</summary>
    /// <exception cref="FileFormatException">It does not end.</exception>
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
    /// <param name="output">Where to.</param>
    /// <param name="length">How many; the caller has made sure that they are there.</param>
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

    /// <summary>Passes over bytes without reading them.</summary>
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

    /// <summary>The error for bytes that are no model.</summary>
    public FileFormatException Damaged(Exception? cause) => _looksLikeOnnx
        ? ModelErrors.Truncated(Path, $"at byte {Position} of {Length}", cause)
        : ModelErrors.NotOnnx(Path, cause);

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
