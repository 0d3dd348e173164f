using System.Buffers.Binary;
using System.Globalization;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Writes numbers and Boolean values of any .NET type as tensor elements.</summary>
internal static class ElementWriter
{
    /// <summary>Writes an element.</summary>
    /// <param name="value">A number, a bool, or a number as invariant text.</param>
    /// <param name="type">Any type with a fixed size except the complex types.</param>
    /// <param name="bytes">The destination, of the size of an element.</param>
    /// <returns>
    /// False if the value is of another kind, is not an integer where one is required, or is out of the type's range.
    /// </returns>
    public static bool TryWrite(object? value, OnnxElementType type, Span<byte> bytes)
    {
        if (value is bool flag)
        {
            bytes[0] = flag ? (byte)1 : (byte)0;
            return type == OnnxElementType.Bool;
        }

        return type switch
        {
            OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16 =>
                TryWriteFloat(value, type, bytes),
            OnnxElementType.UInt64 => TryGetWhole(value, out Int128 whole) && Fits(whole, 0, ulong.MaxValue)
                && Write(whole, bytes),
            _ => Range(type) is (long least, long most)
                && TryGetWhole(value, out Int128 whole) && Fits(whole, least, most) && Write(whole, bytes),
        };
    }

    private static bool Fits(Int128 value, Int128 least, Int128 most) => value >= least && value <= most;

    private static (long Least, long Most)? Range(OnnxElementType type) => type switch
    {
        OnnxElementType.Bool => (0, 1),
        OnnxElementType.UInt8 => (0, byte.MaxValue),
        OnnxElementType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        OnnxElementType.UInt16 => (0, ushort.MaxValue),
        OnnxElementType.Int16 => (short.MinValue, short.MaxValue),
        OnnxElementType.UInt32 => (0, uint.MaxValue),
        OnnxElementType.Int32 => (int.MinValue, int.MaxValue),
        OnnxElementType.Int64 => (long.MinValue, long.MaxValue),
        _ => null,
    };

    private static bool Write(Int128 value, Span<byte> bytes)
    {
        Span<byte> all = stackalloc byte[16];
        BinaryPrimitives.WriteInt128LittleEndian(all, value);
        all[..bytes.Length].CopyTo(bytes);
        return true;
    }

    private static bool TryWriteFloat(object? value, OnnxElementType type, Span<byte> bytes)
    {
        if (!TryGetDouble(value, out double number))
        {
            return false;
        }

        switch (type)
        {
            case OnnxElementType.Double:
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
                break;
            case OnnxElementType.Float:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)number);
                break;
            case OnnxElementType.Float16:
                BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)number);
                break;
            default:
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, ToBFloat16((float)number));
                break;
        }

        return true;
    }

    // The upper half, rounded to nearest, ties to even; NaN keeps a nonzero mantissa so that it stays NaN.
    private static ushort ToBFloat16(float number)
    {
        uint bits = BitConverter.SingleToUInt32Bits(number);
        return float.IsNaN(number)
            ? (ushort)((bits >> 16) | 0x40)
            : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private static bool TryGetDouble(object? value, out double number)
    {
        switch (value)
        {
            case Half half:
                number = (double)half;
                return true;
            case string text:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
                number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return true;
            default:
                number = 0;
                return value is System.Numerics.BigInteger big && double.IsFinite(number = (double)big);
        }
    }

    private static bool TryGetWhole(object? value, out Int128 whole)
    {
        switch (value)
        {
            case sbyte or byte or short or ushort or int or uint or long:
                whole = Convert.ToInt64(value, CultureInfo.InvariantCulture);
                return true;
            case ulong large:
                whole = large;
                return true;
            case string text
                when Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole):
                return true;
            default:
                bool isWhole = TryGetDouble(value, out double number)
                    && Math.Floor(number) == number
                    && Math.Abs(number) < 1e20;
                whole = isWhole ? (Int128)number : 0;
                return isWhole;
        }
    }
}
