using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using OnnxDeep.Numerics;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Writes numbers and Boolean values of any .NET type as tensor elements.</summary>
internal static class ElementWriter
{
    private const double LargestBFloat16 = 3.3895313892515355e38;

    /// <summary>Writes an element.</summary>
    /// <param name="value">A number, a bool, which is 1 or 0 as a number, or either of them as invariant text.</param>
    /// <param name="type">Any type with a fixed size except the complex types.</param>
    /// <param name="bytes">The destination, of the size of an element.</param>
    /// <returns>
    /// False if the value is of another kind, is not an integer where one is required, or is out of the type's range;
    /// only an infinity becomes an infinity.
    /// </returns>
    public static bool TryWrite(object? value, OnnxElementType type, Span<byte> bytes)
    {
        if (value is bool flag || bool.TryParse(value as string, out flag))
        {
            value = flag ? 1 : 0;
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

    /// <summary>
    /// The range of a type as text, if the value is a finite number beyond it; otherwise null.
    /// </summary>
    public static string? FindRange(object? value, OnnxElementType type)
    {
        (double Least, double Most)? range = type switch
        {
            OnnxElementType.Float => (float.MinValue, float.MaxValue),
            OnnxElementType.Double => (double.MinValue, double.MaxValue),
            OnnxElementType.Float16 => ((double)Half.MinValue, (double)Half.MaxValue),
            OnnxElementType.BFloat16 => (-LargestBFloat16, LargestBFloat16),
            OnnxElementType.UInt64 => (0, ulong.MaxValue),
            _ => Range(type),
        };
        bool isBeyond = range is (double least, double most)
            && (TryGetDouble(value, out double number) ? double.IsFinite(number) && (number < least || number > most)
                : value is string or BigInteger && double.IsInfinity(number));
        return isBeyond
            ? string.Create(CultureInfo.InvariantCulture, $"{range!.Value.Least} to {range.Value.Most}")
            : null;
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

        double written;
        switch (type)
        {
            case OnnxElementType.Double:
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
                return true;
            case OnnxElementType.Float:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)number);
                written = (float)number;
                break;
            case OnnxElementType.Float16:
                BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)number);
                written = (double)(Half)number;
                break;
            default:
                ushort upper = ToBFloat16((float)number);
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, upper);
                written = BitConverter.Int32BitsToSingle(upper << 16);
                break;
        }

        return double.IsFinite(written) || !double.IsFinite(number);
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
                // Digits beyond the range of a double are parsed as an infinity.
                return NumberText.Read(text, null, out number) == NumberKind.Number
                    && (double.IsFinite(number) || !text.AsSpan().ContainsAnyInRange('0', '9'));
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
                number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return true;
            default:
                number = 0;
                return value is BigInteger big && double.IsFinite(number = (double)big);
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
                when Int128.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out whole):
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
