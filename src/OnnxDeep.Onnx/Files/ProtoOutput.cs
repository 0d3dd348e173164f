using Google.Protobuf;

namespace OnnxDeep.Onnx.Files;

/// <summary>Builds protobuf in memory.</summary>
internal sealed class ProtoOutput
{
    // Numbers may be longer than necessary: five bytes hold any length, so the content of the message need not be
    // moved.
    private const int LengthBytes = 5;

    private byte[] _bytes = new byte[1 << 12];

    /// <summary>The number of bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Writes bytes unchanged.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Writes a number in as few bytes as possible.</summary>
    public void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Write([(byte)(value | 0x80)]);
        }

        Write([(byte)value]);
    }

    /// <summary>Reserves space for the length of what is written next.</summary>
    /// <returns>The position of the reserved space.</returns>
    public int BeginLength()
    {
        Write(stackalloc byte[LengthBytes]);
        return Length;
    }

    /// <summary>Writes a length to its reserved space.</summary>
    /// <param name="place">The position that <see cref="BeginLength"/> returned.</param>
    public void EndLength(int place)
    {
        int length = Length - place;
        Span<byte> bytes = _bytes.AsSpan(place - LengthBytes, LengthBytes);
        for (int i = 0; i < LengthBytes; i++, length >>= 7)
        {
            bytes[i] = (byte)(i == LengthBytes - 1 ? length : length | 0x80);
        }
    }

    /// <summary>Copies the bytes written so far.</summary>
    public byte[] ToArray() => _bytes[..Length];

    /// <summary>Creates the parser's input from the bytes written so far.</summary>
    public CodedInputStream ToInput() => new(_bytes, 0, Length);
}
