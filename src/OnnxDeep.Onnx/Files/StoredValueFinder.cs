using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Files;

/// <summary>Finds the initialisers and constants of a graph, also through Identity, Cast or Transpose.</summary>
internal sealed class StoredValueFinder
{
    // Chains of conversions are short; a longer one would be a cycle.
    private const int MostConversions = 8;

    private readonly Dictionary<string, TensorProto> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);

    /// <summary>Indexes a graph.</summary>
    public StoredValueFinder(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            _tensors[tensor.Name] = tensor;
        }

        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
            {
                _producers[output] = node;
            }
        }
    }

    /// <summary>The tensor behind a name; null if there is none.</summary>
    /// <param name="name">The name of a node's input.</param>
    /// <param name="throughTranspose">Whether to accept a transposed matrix.</param>
    public StoredValue? Find(string name, bool throughTranspose)
    {
        List<string> names = [];
        bool isTransposed = false;
        DataType? type = null;
        for (int depth = 0; depth <= MostConversions; depth++)
        {
            names.Add(name);
            if (_tensors.TryGetValue(name, out TensorProto? tensor))
            {
                return Make(tensor);
            }

            if (!_producers.TryGetValue(name, out NodeProto? node))
            {
                return null;
            }

            bool isTranspose = throughTranspose && node.OpType == "Transpose";
            bool isConstant = node.OpType == "Constant";
            if (isConstant || !(isTranspose || node.OpType is "Identity" or "Cast") || node.Input.Count == 0)
            {
                return isConstant && Attribute(node, "value")?.T is TensorProto constant ? Make(constant) : null;
            }

            isTransposed ^= isTranspose && Attribute(node, "perm")?.Ints is not [0, 1];
            type ??= node.OpType == "Cast" ? (DataType)(Attribute(node, "to")?.I ?? 0) : null;
            name = node.Input[0];
        }

        return null;

        StoredValue Make(TensorProto tensor) => new(tensor, isTransposed, type ?? (DataType)tensor.DataType, names);
    }

    private static AttributeProto? Attribute(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}

/// <summary>A stored tensor as seen by a node.</summary>
/// <param name="Tensor">The stored tensor.</param>
/// <param name="IsTransposed">Whether the node sees it transposed.</param>
/// <param name="ElementType">The type of the numbers as seen by the node.</param>
/// <param name="Names">The names of the values from the node back to the tensor, which is the last.</param>
internal sealed record StoredValue(
    TensorProto Tensor, bool IsTransposed, DataType ElementType, IReadOnlyList<string> Names);
