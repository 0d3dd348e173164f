using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Content;

/// <summary>The names of ONNX's element types in type strings, and their sizes.</summary>
internal static class ElementTypes
{
    /// <summary>
    /// The name, such as float, int64 or float8e4m3fn; a number that is not in the specification is its own name.
    /// </summary>
    public static string Name(int type) => (DataType)type switch
    {
        DataType.Undefined => "undefined",
        DataType.Float4E2M1 => "float4e2m1",
        _ when Bits(type) == 0 && type != (int)DataType.String => FormattableString.Invariant($"type#{type}"),
        _ => ((DataType)type).ToString().ToLowerInvariant(),
    };

    /// <summary>The bits of an element; 0 if the type is unknown or has no fixed size.</summary>
    public static int Bits(int type) => (DataType)type switch
    {
        DataType.Complex128 => 128,
        DataType.Double or DataType.Int64 or DataType.Uint64 or DataType.Complex64 => 64,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 32,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 16,
        DataType.Int8 or DataType.Uint8 or DataType.Bool => 8,
        DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz
            or DataType.Float8E8M0 => 8,
        DataType.Int4 or DataType.Uint4 or DataType.Float4E2M1 => 4,
        DataType.Int2 or DataType.Uint2 => 2,
        _ => 0,
    };
}
