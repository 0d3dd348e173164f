using System.Globalization;
using System.Text;

using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>Formats a node's attributes as text.</summary>
internal static class AttributeText
{
    private const int MostItems = 16;
    private const int MostCharacters = 200;

    /// <summary>The value as text; long lists and texts are truncated, and tensors and graphs are summarised.</summary>
    public static string Of(AttributeProto attribute)
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
            AttributeType.TypeProto => TypeText.Type(attribute.Tp),
            AttributeType.Floats => List(attribute.Floats, Number),
            AttributeType.Ints => List(attribute.Ints, value => value.ToString(CultureInfo.InvariantCulture)),
            AttributeType.Strings => List(attribute.Strings, text => Quote(text.Span)),
            AttributeType.Tensors => List(attribute.Tensors, Tensor),
            AttributeType.SparseTensors => List(attribute.SparseTensors, sparse => $"sparse {Tensor(sparse.Values)}"),
            AttributeType.Graphs => List(attribute.Graphs, Graph),
            AttributeType.TypeProtos => List(attribute.TypeProtos, TypeText.Type),
            _ => string.Empty,
        };
    }

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
        tensor is null ? string.Empty : $"{ElementTypes.Name(tensor.DataType)} {TypeText.Shape(tensor.Dims)}";

    private static string Graph(GraphProto? graph) =>
        graph is null ? string.Empty : FormattableString.Invariant($"graph '{graph.Name}' of {graph.Node.Count} nodes");

    private static string Quote(ReadOnlySpan<byte> utf8)
    {
        string text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MostCharacters)]);
        return $"\"{text}{(utf8.Length > MostCharacters ? "…" : string.Empty)}\"";
    }

    private static string List<T>(IReadOnlyCollection<T> items, Func<T, string> format) =>
        $"[{string.Join(", ", items.Take(MostItems).Select(format))}"
        + (items.Count > MostItems ? ", …]" : "]");
}
