using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>The inputs and outputs of a model.</summary>
/// <param name="Inputs">The inputs in graph order, including those with a default value in the model.</param>
/// <param name="Outputs">The outputs in graph order.</param>
/// <param name="Operators">
/// The operators of the main graph, without duplicates, as <c>domain:name</c>, or <c>name</c> for ONNX's own.
/// </param>
public sealed record OnnxSignature(
    IReadOnlyList<OnnxParameter> Inputs, IReadOnlyList<OnnxParameter> Outputs, IReadOnlyList<string> Operators)
{
    /// <summary>Reads a model without the numbers of its weights.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static OnnxSignature Read(string path)
    {
        GraphProto graph = OnnxLayout.Read(path).Model.Graph;
        var stored = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return new OnnxSignature(
            [
                .. graph.Input.Select(input =>
                    new OnnxParameter(input.Name, OnnxType.From(input.Type), stored.Contains(input.Name))),
            ],
            [.. graph.Output.Select(output => new OnnxParameter(output.Name, OnnxType.From(output.Type), false))],
            [
                .. graph.Node
                    .Select(node => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}:{node.OpType}")
                    .Distinct(),
            ]);
    }
}

/// <summary>An input or output of a model.</summary>
/// <param name="Name">The name in the graph.</param>
/// <param name="Type">The type.</param>
/// <param name="HasDefault">Whether the model contains a default value, so the input can be omitted.</param>
public sealed record OnnxParameter(string Name, OnnxType Type, bool HasDefault)
{
    /// <summary>One line, such as <c>features: float [N, 300]</c>.</summary>
    public override string ToString() => $"{Name}: {Type}";
}
