using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>An extent of a tensor as a model states it.</summary>
/// <param name="Extent">The number; null where any will do.</param>
/// <param name="Symbol">The name of an extent without a number, such as N; empty where it has none.</param>
public sealed record OnnxDimension(long? Extent, string Symbol)
{
    /// <summary>The number, the name, or a question mark.</summary>
    public override string ToString() => Extent is long extent ? $"{extent}" : Symbol.Length > 0 ? Symbol : "?";

    internal static OnnxDimension From(TensorShapeProto.Types.Dimension dimension) =>
        dimension.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue && dimension.DimValue >= 0
            ? new OnnxDimension(dimension.DimValue, string.Empty)
            : new OnnxDimension(null, dimension.DimParam);
}
