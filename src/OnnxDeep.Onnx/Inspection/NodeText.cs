using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>Formats nodes as text that is equal if they compute the same from the same values.</summary>
internal static class NodeText
{
    private const int HashCharacters = 12;

    /// <summary>
    /// Formats a node, such as <c>Gemm(x, weight, bias) alpha=0.5</c>; tensors in attributes are shown by their hashes.
    /// </summary>
    /// <param name="layout">The model.</param>
    /// <param name="node">One of its nodes.</param>
    /// <param name="cancellationToken">Stops the reading of large tensors.</param>
    /// <exception cref="FileFormatException">A tensor does not have the content that it declares.</exception>
    public static string Of(OnnxLayout layout, NodeProto node, CancellationToken cancellationToken)
    {
        string text = $"{node.OpType}({string.Join(", ", node.Input)})";
        IEnumerable<AttributeProto> attributes = node.Attribute
            .OrderBy(attribute => attribute.Name, StringComparer.Ordinal);
        foreach (AttributeProto attribute in attributes)
        {
            text += $" {attribute.Name}={AttributeText.Of(attribute)}";
            if (attribute.T is TensorProto tensor)
            {
                var summary = new NumberSummary((DataType)tensor.DataType);
                text += $" {Shorten(TensorMeasurer.Measure(layout, tensor, summary, cancellationToken))}";
            }
        }

        return text;
    }

    /// <summary>The first characters of a hash, enough to distinguish two.</summary>
    public static string Shorten(string? hash) => hash?[..HashCharacters] ?? string.Empty;
}
