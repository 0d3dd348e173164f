using System.Numerics;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>Extension methods for element types.</summary>
internal static class OnnxElementTypes
{
    /// <summary>The size of an element in bytes; 0 for text and for types that this version does not know.</summary>
    public static int GetSize(this OnnxElementType type) => type switch
    {
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 => 2,
        OnnxElementType.Float or OnnxElementType.Int32 or OnnxElementType.UInt32 => 4,
        OnnxElementType.Double or OnnxElementType.Int64 or OnnxElementType.UInt64 or OnnxElementType.Complex64 => 8,
        OnnxElementType.Complex128 => 16,
        _ => 0,
    };

    /// <summary>The type's name in the specification, such as <c>float</c> or <c>uint8</c>.</summary>
    public static string GetName(this OnnxElementType type) =>
        Enum.IsDefined(type) ? type.ToString().ToLowerInvariant() : $"type {(int)type}";

    /// <summary>
    /// The .NET type of an array element; float16 and bfloat16 become float, which represents them exactly.
    /// </summary>
    /// <exception cref="NotSupportedException">There is no such .NET type.</exception>
    public static Type GetElementClass(this OnnxElementType type) => type switch
    {
        OnnxElementType.Float or OnnxElementType.Float16 or OnnxElementType.BFloat16 => typeof(float),
        OnnxElementType.Double => typeof(double),
        OnnxElementType.UInt8 => typeof(byte),
        OnnxElementType.Int8 => typeof(sbyte),
        OnnxElementType.UInt16 => typeof(ushort),
        OnnxElementType.Int16 => typeof(short),
        OnnxElementType.UInt32 => typeof(uint),
        OnnxElementType.Int32 => typeof(int),
        OnnxElementType.UInt64 => typeof(ulong),
        OnnxElementType.Int64 => typeof(long),
        OnnxElementType.Bool => typeof(bool),
        OnnxElementType.String => typeof(string),
        OnnxElementType.Complex64 or OnnxElementType.Complex128 => typeof(Complex),
        _ => throw new NotSupportedException($"There is no .NET type for elements of {type.GetName()}."),
    };

    /// <summary>Whether the bytes of an element are not those of its .NET type.</summary>
    public static bool IsConverted(this OnnxElementType type) => type is OnnxElementType.String
        or OnnxElementType.Float16
        or OnnxElementType.BFloat16
        or OnnxElementType.Complex64
        or OnnxElementType.Complex128;

    /// <summary>Whether elements are compared with tolerances.</summary>
    public static bool IsFloatingPoint(this OnnxElementType type) => type is OnnxElementType.Float
        or OnnxElementType.Double
        or OnnxElementType.Float16
        or OnnxElementType.BFloat16
        or OnnxElementType.Complex64
        or OnnxElementType.Complex128;
}
