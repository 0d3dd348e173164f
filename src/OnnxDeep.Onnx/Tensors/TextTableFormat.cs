using System.Globalization;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>How a text table is read as a tensor.</summary>
public sealed record TextTableFormat
{
    /// <summary>The element type, which the file does not state.</summary>
    public OnnxElementType ElementType { get; init; } = OnnxElementType.Float;

    /// <summary>
    /// The character between values; null finds the tab, semicolon or comma that separates all lines alike.
    /// </summary>
    public char? Delimiter { get; init; }

    /// <summary>
    /// Whether the first line has the names of the columns. Null: it has if none of its values is a number, a Boolean
    /// value or a mark for a missing value; never for texts.
    /// </summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// The culture of the numbers. Null: they have a decimal point, and commas only as thousands marks in a whole
    /// column.
    /// </summary>
    public CultureInfo? Culture { get; init; }
}
