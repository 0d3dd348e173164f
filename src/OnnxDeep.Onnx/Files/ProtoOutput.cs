using Google.Protobuf;

namespace OnnxDeep.Onnx.Files;

/// <summary>Protobuf in the making, in memory.</summary>
internal sealed class ProtoOutput
{
    // Numbers may be longer than they need to be: five bytes hold any length, and what is in the message need not move.
    private const int LengthBytes = 5;

    private byte[] _bytes = new byte[1 << 12];

    /// <summary>The bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>Writes bytes as they are.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - Length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + bytes.Length));
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Writes a number in as few bytes as it takes.</summary>
    public void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Write([(byte)(value | 0x80)]);
        }

        Write([(byte)value]);
    }

    /// <summary>Leaves a place for the length of what is written next.</summary>
    /// <returns>The place.</returns>
    public int BeginLength()
    {
        Write(stackalloc byte[LengthBytes]);
        return Length;
    }

    /// <summary>Writes a length to its place.</summary>
    /// <param name="place">As <see cref="BeginLength"/> gave it.</param>
    public void EndLength(int place)
    {
        int length = Length - place;
        Span<byte> bytes = _bytes.AsSpan(place - LengthBytes, LengthBytes);
        for (int i = 0; i < LengthBytes; i++, length >>= 7)
        {
            bytes[i] = (byte)(i == LengthBytes - 1 ? length : length | 0x80);
        }
    }

    /// <summary>What was written.</summary>
    public byte[] ToArray() => _bytes[..Length];

    /// <summary>What was written, for the parser.</summary>
    public CodedInputStream ToInput() => new(_bytes, 0, Length);
}
