using System.Numerics;
using System.Runtime.InteropServices;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Content;

/// <summary>
/// Minimum, maximum and mean of numbers that are added piece by piece, in double precision; NaN is counted separately.
/// </summary>
/// <param name="type">The element type; complex numbers and unknown types are not summarised.</param>
internal sealed class NumberSummary(DataType type)
{
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;
    private double _sum;
    private long _count;

    /// <summary>The minimum; null if there were no numbers.</summary>
    public double? Minimum => _count > 0 ? _minimum : null;

    /// <summary>The maximum; null if there were no numbers.</summary>
    public double? Maximum => _count > 0 ? _maximum : null;

    /// <summary>The mean; null if there were no numbers.</summary>
    public double? Mean => _count > 0 ? _sum / _count : null;

    /// <summary>The number of elements that are NaN.</summary>
    public long NotNumbers { get; private set; }

    /// <summary>Adds complete elements, little endian.</summary>
    /// <param name="bytes">The raw data.</param>
    /// <param name="count">The number of elements; the last byte of a packed type may have unused bits.</param>
    public void Add(ReadOnlySpan<byte> bytes, long count)
    {
        switch (type)
        {
            case DataType.Float: Add<float>(bytes); break;
            case DataType.Double: Add<double>(bytes); break;
            case DataType.Float16: Add<Half>(bytes); break;
            case DataType.Int64: Add<long>(bytes); break;
            case DataType.Uint64: Add<ulong>(bytes); break;
            case DataType.Int32: Add<int>(bytes); break;
            case DataType.Uint32: Add<uint>(bytes); break;
            case DataType.Int16: Add<short>(bytes); break;
            case DataType.Uint16: Add<ushort>(bytes); break;
            case DataType.Int8: Add<sbyte>(bytes); break;
            case DataType.Uint8: Add<byte>(bytes); break;
            case DataType.Bool: AddEach(bytes, value => value == 0 ? 0 : 1); break;
            case DataType.Bfloat16: AddBrainFloats(bytes); break;
            case DataType.Int4: AddPacked(bytes, count, 4, bits => bits < 8 ? bits : bits - 16); break;
            case DataType.Uint4: AddPacked(bytes, count, 4, bits => bits); break;
            case DataType.Int2: AddPacked(bytes, count, 2, bits => bits < 2 ? bits : bits - 4); break;
            case DataType.Uint2: AddPacked(bytes, count, 2, bits => bits); break;
            case DataType.Float4E2M1: AddPacked(bytes, count, 4, bits => Decode(type, bits)); break;
            case DataType.Complex64 or DataType.Complex128 or DataType.String or DataType.Undefined: break;
            case DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz
                or DataType.Float8E8M0:
                AddEach(bytes, bits => Decode(type, bits));
                break;
        }
    }

    private void Add<T>(ReadOnlySpan<byte> bytes)
        where T : unmanaged, INumberBase<T>
    {
        foreach (T value in MemoryMarshal.Cast<byte, T>(bytes))
        {
            Add(double.CreateTruncating(value));
        }
    }

    private void AddBrainFloats(ReadOnlySpan<byte> bytes)
    {
        foreach (ushort bits in MemoryMarshal.Cast<byte, ushort>(bytes))
        {
            Add(BitConverter.UInt32BitsToSingle((uint)bits << 16));
        }
    }

    private void AddEach(ReadOnlySpan<byte> bytes, Func<int, double> decode)
    {
        foreach (byte bits in bytes)
        {
            Add(decode(bits));
        }
    }

    // The first element is in the lowest bits.
    private void AddPacked(ReadOnlySpan<byte> bytes, long count, int width, Func<int, double> decode)
    {
        int perByte = 8 / width;
        for (long i = 0; i < count; i++)
        {
            int shift = (int)(i % perByte) * width;
            Add(decode((bytes[(int)(i / perByte)] >> shift) & ((1 << width) - 1)));
        }
    }

    private void Add(double value)
    {
        if (double.IsNaN(value))
        {
            NotNumbers++;
            return;
        }

        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
        _sum += value;
        _count++;
    }

    // The number that up to eight bits represent; NaN if they do not represent a number. Floats without a .NET type are
    // defined by the Open Compute formats OFP8 and MX and their FNUZ variants.
    private static double Decode(DataType type, int bits) => type switch
    {
        DataType.Float8E4M3Fn => (bits & 0x7F) == 0x7F ? double.NaN : Decode(bits, 4, 3, 7),
        DataType.Float8E4M3Fnuz => bits == 0x80 ? double.NaN : Decode(bits, 4, 3, 8),
        DataType.Float8E5M2 => (double)BitConverter.UInt16BitsToHalf((ushort)(bits << 8)),
        DataType.Float8E5M2Fnuz => bits == 0x80 ? double.NaN : Decode(bits, 5, 2, 16),
        DataType.Float8E8M0 => bits == 0xFF ? double.NaN : Math.ScaleB(1, bits - 127),
        _ => Decode(bits, 2, 1, 1),
    };

    private static double Decode(int bits, int exponentBits, int mantissaBits, int bias)
    {
        int mantissa = bits & ((1 << mantissaBits) - 1);
        int exponent = (bits >> mantissaBits) & ((1 << exponentBits) - 1);
        double value = exponent == 0
            ? Math.ScaleB(mantissa, 1 - bias - mantissaBits)
            : Math.ScaleB(mantissa + (1 << mantissaBits), exponent - bias - mantissaBits);
        return (bits >> (mantissaBits + exponentBits)) == 0 ? value : -value;
    }
}
