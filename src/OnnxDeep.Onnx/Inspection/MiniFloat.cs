using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// Decodes the floats of ONNX that have no .NET type, as defined by the Open Compute formats OFP8 and MX and their FNUZ
/// variants.
/// </summary>
internal static class MiniFloat
{
    /// <summary>The number that up to eight bits represent; NaN if they do not represent a number.</summary>
    public static double Decode(DataType type, int bits) => type switch
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
