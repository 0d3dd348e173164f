using System.Buffers.Binary;
using System.Runtime.InteropServices;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>The storage type of an array's numbers, and its conversion to floats.</summary>
/// <param name="Kind">The format of a number.</param>
/// <param name="IsBigEndian">Whether the most significant byte comes first.</param>
internal readonly record struct FloatType(FloatKind Kind, bool IsBigEndian)
{
    /// <summary>The size of a number, in bytes.</summary>
    public int Size => Kind switch
    {
        FloatKind.Float16 or FloatKind.BFloat16 => sizeof(ushort),
        FloatKind.Float32 => sizeof(float),
        _ => sizeof(double),
    };

    /// <summary>The type with this NumPy name; null for types other than floats of 2, 4 or 8 bytes.</summary>
    public static FloatType? FromNumpy(string text) => text is ['<' or '>' or '=' or '|', 'f', _]
        ? text[2] switch
        {
            '2' => new FloatType(FloatKind.Float16, text[0] == '>'),
            '4' => new FloatType(FloatKind.Float32, text[0] == '>'),
            '8' => new FloatType(FloatKind.Float64, text[0] == '>'),
            _ => null,
        }
        : null;

    /// <summary>The type with this safetensors name; null for types other than floats of 2, 4 or 8 bytes.</summary>
    public static FloatType? FromSafeTensors(string text) => text switch
    {
        "F16" => new FloatType(FloatKind.Float16, false),
        "BF16" => new FloatType(FloatKind.BFloat16, false),
        "F32" => new FloatType(FloatKind.Float32, false),
        "F64" => new FloatType(FloatKind.Float64, false),
        _ => null,
    };

    /// <summary>Converts numbers to floats; a double beyond the range of floats becomes infinity.</summary>
    /// <param name="bytes">[values.Length · Size]; big-endian numbers are reversed in place.</param>
    /// <param name="values">Receives the floats.</param>
    public void Decode(Span<byte> bytes, Span<float> values)
    {
        if (IsBigEndian)
        {
            Reverse(bytes);
        }

        switch (Kind)
        {
            case FloatKind.Float16:
                RowEncoding.Expand(MemoryMarshal.Cast<byte, Half>(bytes), values);
                break;
            case FloatKind.BFloat16:
                ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(bytes);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = BitConverter.Int32BitsToSingle(halves[i] << 16);
                }

                break;
            case FloatKind.Float32:
                bytes.CopyTo(MemoryMarshal.AsBytes(values));
                break;
            default:
                ReadOnlySpan<double> doubles = MemoryMarshal.Cast<byte, double>(bytes);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)doubles[i];
                }

                break;
        }
    }

    private void Reverse(Span<byte> bytes)
    {
        switch (Size)
        {
            case sizeof(ushort):
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case sizeof(uint):
                Span<uint> ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            default:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}

/// <summary>The kinds of floating-point numbers that arrays are stored in.</summary>
internal enum FloatKind
{
    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>The upper half of a <see cref="Float32"/>.</summary>
    BFloat16,

    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,
}
