using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>The type of an input or output as the model states it.</summary>
/// <param name="Kind">The kind of value.</param>
/// <param name="ElementType">A tensor's elements, or a map's keys; else Undefined.</param>
/// <param name="Shape">A tensor's extents, null where they are symbolic; null where the rank is not said.</param>
/// <param name="Item">What a sequence, map or optional holds; else null.</param>
public sealed record OnnxType(
    OnnxTypeKind Kind, OnnxElementType ElementType, IReadOnlyList<OnnxDimension>? Shape, OnnxType? Item)
{
    /// <summary>A type that is not said.</summary>
    public static OnnxType Unknown { get; } = new(OnnxTypeKind.Unknown, OnnxElementType.Undefined, null, null);

    /// <summary>Such as <c>float [N, 300]</c> or <c>sequence of int64 [2]</c>.</summary>
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
