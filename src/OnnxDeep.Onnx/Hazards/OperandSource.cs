using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Onnx.Hazards;

/// <summary>Where a value comes from, if no node calculates it.</summary>
/// <param name="Name">The name of the input or constant.</param>
/// <param name="IsInput">Whether a run can give it.</param>
/// <param name="Stored">Reads what the model stores under this name; null if it stores nothing.</param>
/// <param name="Casts">The types that nodes on the way convert it to, first to last.</param>
/// <param name="KeepsShape">Whether no node on the way changes its shape.</param>
internal sealed record OperandSource(
    string Name, bool IsInput, Lazy<OnnxTensor?>? Stored, IReadOnlyList<OnnxElementType> Casts, bool KeepsShape)
{
    // Nodes that pass the numbers of their first input on, maybe in another shape.
    private static readonly HashSet<string> s_shapeChanges =
        ["Reshape", "Unsqueeze", "Squeeze", "Flatten", "Transpose", "Expand", "Tile"];

    /// <summary>A stored tensor.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="name">The name by which nodes use it.</param>
    /// <param name="tensor">The tensor.</param>
    /// <param name="isInput">Whether a run can replace it.</param>
    public static OperandSource Of(OnnxLayout layout, string name, TensorProto tensor, bool isInput) =>
        new(name, isInput, new Lazy<OnnxTensor?>(() => Read(layout, tensor)), [], true);

    /// <summary>The same value after a node; null if the node calculates another.</summary>
    public OperandSource? After(NodeProto node) => node.OpType switch
    {
        "Identity" => this,
        "Cast" when node.Attribute.FirstOrDefault(attribute => attribute.Name == "to") is AttributeProto to =>
            this with { Casts = [.. Casts, (OnnxElementType)to.I] },
        _ => s_shapeChanges.Contains(node.OpType) ? this with { KeepsShape = false } : null,
    };

    /// <summary>The value in a run; null if it is not known.</summary>
    /// <param name="inputs">The values of the run; null before the model is loaded.</param>
    public Operand? Get(IReadOnlyDictionary<string, OnnxValue>? inputs)
    {
        if (IsInput && inputs is null)
        {
            return null;
        }

        bool isGiven = IsInput & inputs?.ContainsKey(Name) == true;
        OnnxTensor? tensor = isGiven ? inputs![Name] as OnnxTensor : Stored?.Value;
        return tensor is null
            ? null
            : new Operand($"the {(isGiven ? "input" : "constant")} '{Name}'", tensor, Casts, KeepsShape);
    }

    // What cannot be read is left to the runtime.
    private static OnnxTensor? Read(OnnxLayout layout, TensorProto tensor)
    {
        try
        {
            if (layout.Payload(tensor) is null)
            {
                return new ProtoValueReader(layout.Path).Read(tensor);
            }

            var type = (OnnxElementType)tensor.DataType;
            long[] shape = [.. tensor.Dims];
            long length = (TensorShape.Count(shape) ?? 0) * type.GetSize();
            return new OnnxTensor(type, shape, layout.ReadRaw(tensor, length).ToArray());
        }
        catch (Exception e) when (e is OnnxDeepException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            return null;
        }
    }
}
