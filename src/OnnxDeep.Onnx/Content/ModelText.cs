using System.Globalization;
using System.Text;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;
using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Content;

/// <summary>
/// Formats nodes, attributes, types and shapes as text; types in the notation of ONNX: <c>seq(tensor(float))</c>,
/// <c>[N, 300]</c>.
/// </summary>
internal static class ModelText
{
    private const int HashCharacters = 12;
    private const int MostItems = 16;
    private const int MostCharacters = 200;

    /// <summary>
    /// Formats a node, such as <c>Gemm(x, weight, bias) alpha=0.5</c>; tensors in attributes are shown by their hashes.
    /// </summary>
    /// <param name="layout">The model.</param>
    /// <param name="node">One of its nodes.</param>
    /// <param name="cancellationToken">Stops the reading of large tensors.</param>
    /// <exception cref="FileFormatException">A tensor does not have the content that it declares.</exception>
    public static string Node(OnnxLayout layout, NodeProto node, CancellationToken cancellationToken)
    {
        string text = $"{node.OpType}({string.Join(", ", node.Input)})";
        IEnumerable<AttributeProto> attributes = node.Attribute
            .OrderBy(attribute => attribute.Name, StringComparer.Ordinal);
        foreach (AttributeProto attribute in attributes)
        {
            text += $" {attribute.Name}={Attribute(attribute)}";
            if (attribute.T is TensorProto tensor)
            {
                var summary = new NumberSummary((DataType)tensor.DataType);
                text += $" {Shorten(TensorStorage.Measure(layout, tensor, summary, cancellationToken))}";
            }
        }

        return text;
    }

    /// <summary>The first characters of a hash, enough to distinguish two.</summary>
    public static string Shorten(string? hash) => hash?[..HashCharacters] ?? string.Empty;

    /// <summary>The value as text; long lists and texts are truncated, and tensors and graphs are summarised.</summary>
    public static string Attribute(AttributeProto attribute)
    {
        if (attribute.RefAttrName.Length > 0)
        {
            return $"@{attribute.RefAttrName}";
        }

        return TypeOf(attribute) switch
        {
            AttributeType.Float => Number(attribute.F),
            AttributeType.Int => attribute.I.ToString(CultureInfo.InvariantCulture),
            AttributeType.String => Quote(attribute.S.Span),
            AttributeType.Tensor => Tensor(attribute.T),
            AttributeType.SparseTensor => $"sparse {Tensor(attribute.SparseTensor?.Values)}",
            AttributeType.Graph => Graph(attribute.G),
            AttributeType.TypeProto => Type(attribute.Tp),
            AttributeType.Floats => List(attribute.Floats, Number),
            AttributeType.Ints => List(attribute.Ints, value => value.ToString(CultureInfo.InvariantCulture)),
            AttributeType.Strings => List(attribute.Strings, text => Quote(text.Span)),
            AttributeType.Tensors => List(attribute.Tensors, Tensor),
            AttributeType.SparseTensors => List(attribute.SparseTensors, sparse => $"sparse {Tensor(sparse.Values)}"),
            AttributeType.Graphs => List(attribute.Graphs, Graph),
            AttributeType.TypeProtos => List(attribute.TypeProtos, Type),
            _ => string.Empty,
        };
    }

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

    // Files of the first IR versions do not state the type.
    private static AttributeType TypeOf(AttributeProto attribute) =>
        attribute.Type != AttributeType.Undefined ? attribute.Type
        : attribute.HasF ? AttributeType.Float
        : attribute.HasI ? AttributeType.Int
        : attribute.HasS ? AttributeType.String
        : attribute.T is not null ? AttributeType.Tensor
        : attribute.G is not null ? AttributeType.Graph
        : attribute.Ints.Count > 0 ? AttributeType.Ints
        : attribute.Floats.Count > 0 ? AttributeType.Floats
        : attribute.Strings.Count > 0 ? AttributeType.Strings
        : AttributeType.Undefined;

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Tensor(TensorProto? tensor) =>
        tensor is null ? string.Empty : $"{ElementTypes.Name(tensor.DataType)} {Shape(tensor.Dims)}";

    private static string Graph(GraphProto? graph) =>
        graph is null ? string.Empty : $"graph '{graph.Name}' of {Quantity.Of(graph.Node.Count, "node")}";

    private static string Quote(ReadOnlySpan<byte> utf8)
    {
        string text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MostCharacters)]);
        return $"\"{text}{(utf8.Length > MostCharacters ? "…" : string.Empty)}\"";
    }

    private static string List<T>(IReadOnlyCollection<T> items, Func<T, string> format) =>
        $"[{string.Join(", ", items.Take(MostItems).Select(format))}"
        + (items.Count > MostItems ? ", …]" : "]");

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
