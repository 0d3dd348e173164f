using System.Buffers.Binary;
using System.Text;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Damages bytes as broken disks, downloads and attackers do; the same seed gives the same damage.</summary>
internal sealed class SourceMutator(int seed)
{
    private static readonly ulong[] s_extremes =
        [0, 1, int.MaxValue, uint.MaxValue, long.MaxValue, ulong.MaxValue, 1UL << 31, 1UL << 32, 1UL << 40, 0x80];

    private static readonly byte[][] s_texts =
    [
        .. new[]
            {
                "0", "-1", "1", "2147483647", "4294967296", "99999999999999999999", "1e999", "nan",
                "", "\0", "..", "[]", "{}",
            }
            .Select(Encoding.ASCII.GetBytes),
    ];

    private readonly Random _random = new(seed);

    /// <summary>Draws a number below <paramref name="limit"/>.</summary>
    public int Next(int limit) => _random.Next(limit);

    /// <summary>Damages a file in one to four places.</summary>
    /// <param name="bytes">The valid file.</param>
    /// <param name="other">Another file, parts of which may be inserted.</param>
    public byte[] Mutate(byte[] bytes, byte[] other)
    {
        for (int count = 1 + _random.Next(4); count > 0; count--)
        {
            bytes = Once(bytes, other);
        }

        return bytes;
    }

    private byte[] Once(byte[] bytes, byte[] other)
    {
        int start = Place(bytes);
        int length = Math.Min(1 + _random.Next(_random.Next(8) == 0 ? 4096 : 16), bytes.Length - start);
        switch (_random.Next(8))
        {
            case 0:
                return bytes[..start];
            case 1:
                return Replace(bytes, start, length, []);
            case 2:
                return Replace(bytes, start, 0, bytes.AsSpan(start, length));
            case 3:
                int from = Place(other);
                int taken = Math.Min(length, other.Length - from);
                return Replace(bytes, start, _random.Next(2) * taken, other.AsSpan(from, taken));
            case 4:
                return ReplaceDigits(bytes, start);
            case 5:
                return WriteExtreme(bytes, start);
            default:
                if (bytes.Length > 0)
                {
                    bytes = [.. bytes];
                    bytes[start] = _random.Next(2) == 0
                        ? (byte)_random.Next(256)
                        : (byte)(bytes[start] ^ (1 << _random.Next(8)));
                }

                return bytes;
        }
    }

    // Headers are at the start, and in archives also at the end.
    private int Place(byte[] bytes) => bytes.Length == 0 ? 0 : _random.Next(4) switch
    {
        0 => _random.Next(Math.Min(bytes.Length, 32)),
        1 => _random.Next(Math.Min(bytes.Length, 256)),
        2 => bytes.Length - 1 - _random.Next(Math.Min(bytes.Length, 128)),
        _ => _random.Next(bytes.Length),
    };

    private byte[] WriteExtreme(byte[] bytes, int start)
    {
        byte[] number = new byte[8];
        ulong value = s_extremes[_random.Next(s_extremes.Length)];
        if (_random.Next(4) == 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(number, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(number, value);
        }

        int length = Math.Min(1 << _random.Next(4), bytes.Length - start);
        return Replace(bytes, start, length, number.AsSpan(0, length));
    }

    private byte[] ReplaceDigits(byte[] bytes, int start)
    {
        int digit = bytes.AsSpan(start).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit < 0)
        {
            return bytes;
        }

        int end = bytes.AsSpan(start + digit).IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        int length = end < 0 ? bytes.Length - start - digit : end;
        return Replace(bytes, start + digit, length, s_texts[_random.Next(s_texts.Length)]);
    }

    private static byte[] Replace(byte[] bytes, int start, int length, ReadOnlySpan<byte> by) =>
        [.. bytes.AsSpan(0, start), .. by, .. bytes.AsSpan(start + length)];
}
