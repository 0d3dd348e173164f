using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>The type of an input or output as stated by the model.</summary>
/// <param name="Kind">The kind of value.</param>
/// <param name="ElementType">The element type of a tensor or the key type of a map; otherwise Undefined.</param>
/// <param name="Shape">The extents of a tensor, null if they are symbolic; null if the rank is not specified.</param>
/// <param name="Item">The content type of a sequence, map or optional; otherwise null.</param>
public sealed record OnnxType(
    OnnxTypeKind Kind, OnnxElementType ElementType, IReadOnlyList<OnnxDimension>? Shape, OnnxType? Item)
{
    /// <summary>A type that is not specified.</summary>
    public static OnnxType Unknown { get; } = new(OnnxTypeKind.Unknown, OnnxElementType.Undefined, null, null);

    /// <summary>One line, such as <c>float [N, 300]</c> or <c>sequence of int64 [2]</c>.</summary>
    public override string ToString() => Kind switch
    {
        OnnxTypeKind.Tensor => Shape is null
            ? $"{ElementType.GetName()} of any shape"
            : $"{ElementType.GetName()} [{string.Join(", ", Shape)}]",
        OnnxTypeKind.Sequence => $"sequence of {Item}",
        OnnxTypeKind.Map => $"map of {ElementType.GetName()} to {Item}",
        OnnxTypeKind.Optional => $"optional {Item}",
        _ => "unknown",
    };

    internal static OnnxType From(TypeProto? type) => type?.ValueCase switch
    {
        TypeProto.ValueOneofCase.TensorType => new OnnxType(
            OnnxTypeKind.Tensor,
            (OnnxElementType)type.TensorType.ElemType,
            type.TensorType.Shape?.Dim.Select(OnnxDimension.From).ToArray(),
            null),
        TypeProto.ValueOneofCase.SequenceType => Holding(OnnxTypeKind.Sequence, type.SequenceType.ElemType),
        TypeProto.ValueOneofCase.OptionalType => Holding(OnnxTypeKind.Optional, type.OptionalType.ElemType),
        TypeProto.ValueOneofCase.MapType => new OnnxType(
            OnnxTypeKind.Map, (OnnxElementType)type.MapType.KeyType, null, From(type.MapType.ValueType)),
        _ => Unknown,
    };

    private static OnnxType Holding(OnnxTypeKind kind, TypeProto? item) =>
        new(kind, OnnxElementType.Undefined, null, From(item));
}

/// <summary>The kinds of values.</summary>
public enum OnnxTypeKind
{
    /// <summary>Not specified, or a kind that this version does not know, such as a sparse tensor.</summary>
    Unknown,

    /// <summary>A tensor.</summary>
    Tensor,

    /// <summary>A sequence of values.</summary>
    Sequence,

    /// <summary>A map.</summary>
    Map,

    /// <summary>A value that may be missing.</summary>
    Optional,
}

/// <summary>An extent of a tensor as stated by a model.</summary>
/// <param name="Extent">The number; null if any number is valid.</param>
/// <param name="Symbol">The name of an extent without a number, such as N; otherwise empty.</param>
public sealed record OnnxDimension(long? Extent, string Symbol)
{
    /// <summary>The number, the name, or a question mark.</summary>
    public override string ToString() => Extent is long extent ? $"{extent}" : Symbol.Length > 0 ? Symbol : "?";

    internal static OnnxDimension From(TensorShapeProto.Types.Dimension dimension) =>
        dimension.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && dimension.DimValue >= 0
            ? new OnnxDimension(dimension.DimValue, string.Empty)
            : new OnnxDimension(null, dimension.DimParam);
}
