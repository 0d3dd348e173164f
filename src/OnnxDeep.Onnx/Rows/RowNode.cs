using Google.Protobuf;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Rows;

/// <summary>A node with what is known about its inputs.</summary>
/// <param name="node">The node.</param>
/// <param name="inputs">The inputs; null where an optional one is missing.</param>
/// <param name="opset">The version of the node's operators.</param>
internal sealed class RowNode(NodeProto node, IReadOnlyList<RowValue?> inputs, long opset)
{
    /// <summary>The version of the node's operators.</summary>
    public long Opset => opset;

    /// <summary>The inputs; null where an optional one is missing.</summary>
    public IReadOnlyList<RowValue?> Inputs => inputs;

    /// <summary>The number of outputs.</summary>
    public int Outputs => node.Output.Count;

    /// <summary>The first input.</summary>
    public RowValue First => inputs[0]!;

    /// <summary>The number of axes of the first input; 0 if it is not known, which fits no axis.</summary>
    public int Rank => First.Rank ?? 0;

    /// <summary>Whether the first input has rows, and all others are fixed.</summary>
    public bool HasRowsOnly => First.Kind == RowKind.Rows && AreFixed(1);

    /// <summary>Whether all inputs from an index on are fixed or missing.</summary>
    public bool AreFixed(int from) => inputs.Skip(from).All(input => input is null or { Kind: RowKind.Fixed });

    /// <summary>Gets an input; null if it is missing.</summary>
    public RowValue? Input(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>Gets an integer attribute.</summary>
    public long Int(string name, long otherwise) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name)?.I ?? otherwise;

    /// <summary>Gets an attribute with integers; null if there is none.</summary>
    public long[]? Ints(string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is AttributeProto found
            ? [.. found.Ints]
            : null;

    /// <summary>Whether the node has an attribute with texts.</summary>
    public bool HasTexts(string name) =>
        node.Attribute.Any(attribute => attribute.Name == name && attribute.Strings.Count > 0);

    /// <summary>The integer that a LabelEncoder of texts maps a text to; null if it does not map to integers.</summary>
    public long? FindNumber(string text)
    {
        AttributeProto? keys = node.Attribute.FirstOrDefault(attribute => attribute.Name == "keys_strings");
        AttributeProto? values = node.Attribute.FirstOrDefault(attribute => attribute.Name == "values_int64s");
        int place = keys is null ? -1 : keys.Strings.IndexOf(ByteString.CopyFromUtf8(text));
        return values is null || place >= values.Ints.Count ? null
            : place >= 0 ? values.Ints[place]
            : Int("default_int64", -1);
    }

    /// <summary>Whether the attribute <c>axis</c> is an axis of the first input other than that of the rows.</summary>
    public bool IsInnerAxis(long otherwise) => IsInner(Int("axis", otherwise), Rank);

    /// <summary>The axes of an attribute or, in later versions, of an input; null if they are not known.</summary>
    public long[]? Axes(int input) => Ints("axes") ?? Input(input)?.GetConstants();

    /// <summary>Whether an axis exists and is not the first.</summary>
    public static bool IsInner(long axis, int rank) => rank > 0 && axis >= -rank && axis < rank && axis % rank != 0;
}
