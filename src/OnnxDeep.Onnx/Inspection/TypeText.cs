using System.Globalization;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>Formats types and shapes in ONNX's notation: <c>seq(tensor(float))</c>, <c>[N, 300]</c>.</summary>
internal static class TypeText
{
    /// <summary>A type without its shape; empty if the file does not state it.</summary>
    public static string Type(TypeProto? type) => type?.ValueCase switch
    {
        TypeProto.ValueOneofCase.TensorType => $"tensor({ElementTypes.Name(type.TensorType.ElemType)})",
        TypeProto.ValueOneofCase.SparseTensorType =>
            $"sparse_tensor({ElementTypes.Name(type.SparseTensorType.ElemType)})",
        TypeProto.ValueOneofCase.SequenceType => $"seq({Type(type.SequenceType.ElemType)})",
        TypeProto.ValueOneofCase.OptionalType => $"optional({Type(type.OptionalType.ElemType)})",
        TypeProto.ValueOneofCase.MapType =>
            $"map({ElementTypes.Name(type.MapType.KeyType)},{Type(type.MapType.ValueType)})",
        TypeProto.ValueOneofCase.OpaqueType => $"opaque({type.OpaqueType.Domain},{type.OpaqueType.Name})",
        _ => string.Empty,
    };

    /// <summary>
    /// The dimensions, for a sequence or optional those of its element; null if the file does not state them.
    /// </summary>
    /// <returns>For each dimension, a number, a symbolic name, or ? if it has neither.</returns>
    public static string[]? Dimensions(TypeProto? type) => type?.ValueCase switch
    {
        TypeProto.ValueOneofCase.TensorType => Dimensions(type.TensorType.Shape),
        TypeProto.ValueOneofCase.SparseTensorType => Dimensions(type.SparseTensorType.Shape),
        TypeProto.ValueOneofCase.SequenceType => Dimensions(type.SequenceType.ElemType),
        TypeProto.ValueOneofCase.OptionalType => Dimensions(type.OptionalType.ElemType),
        TypeProto.ValueOneofCase.MapType => Dimensions(type.MapType.ValueType),
        _ => null,
    };

    /// <summary>A shape in brackets; [] for a single number.</summary>
    public static string Shape(IEnumerable<string> dimensions) => $"[{string.Join(", ", dimensions)}]";

    /// <summary>A stored tensor's shape in brackets.</summary>
    public static string Shape(IEnumerable<long> dimensions) => Shape(dimensions.Select(Number));

    private static string[]? Dimensions(TensorShapeProto? shape) => shape is null ? null :
    [
        .. shape.Dim.Select(dim => dim.ValueCase switch
        {
            TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue => Number(dim.DimValue),
            TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when dim.DimParam.Length > 0 => dim.DimParam,
            _ => "?",
        }),
    ];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
