using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Words.Formats.Embeddings;

/// <summary>Finds the embedding tables of an ONNX graph, including those in the bodies of loops and branches.</summary>
internal sealed class EmbeddingGraph
{
    private const int MostSteps = 32;

    private static readonly string[] s_reshaping =
        ["Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose"];

    private readonly OnnxLayout _layout;
    private readonly Dictionary<string, TensorProto> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly List<NodeProto> _gathers = [];

    /// <summary>Searches a model's graph.</summary>
    public EmbeddingGraph(OnnxLayout layout)
    {
        _layout = layout;
        Add(layout.Model.Graph);
    }

    /// <summary>
    /// Every two-dimensional float tensor whose rows a Gather selects, without duplicates, in graph order.
    /// </summary>
    public IReadOnlyList<EmbeddingTable> FindTables()
    {
        var tables = new Dictionary<string, EmbeddingTable>(StringComparer.Ordinal);
        foreach (NodeProto gather in _gathers)
        {
            if (FindTensor(gather.Input[0]) is (string name, TensorProto tensor)
                && tensor is { Dims.Count: 2 }
                && OnnxRows.TypeOf(tensor) is not null
                && !(tables.TryGetValue(name, out EmbeddingTable? known) && known.Words is not null))
            {
                tables[name] = new EmbeddingTable(name, tensor, FindWords(gather.Input[1]));
            }
        }

        return [.. tables.Values];
    }

    private void Add(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            _tensors.TryAdd(tensor.Name, tensor);
        }

        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
            {
                _producers.TryAdd(output, node);
            }

            if (node.OpType == "Gather" && node.Input.Count == 2 && IsByRows(node))
            {
                _gathers.Add(node);
            }

            foreach (AttributeProto attribute in node.Attribute)
            {
                if (attribute.G is not null)
                {
                    Add(attribute.G);
                }

                foreach (GraphProto body in attribute.Graphs)
                {
                    Add(body);
                }
            }
        }
    }

    private static bool IsByRows(NodeProto gather) =>
        gather.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I is null or 0 or -2;

    // Also through operators that do not change the rows.
    private (string Name, TensorProto Tensor)? FindTensor(string name)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            if (_tensors.TryGetValue(name, out TensorProto? tensor))
            {
                return (name, tensor);
            }

            if (!_producers.TryGetValue(name, out NodeProto? node))
            {
                return null;
            }

            if (node.OpType == "Constant")
            {
                TensorProto? value = node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T;
                return value is null ? null : (name, value);
            }

            if (node.OpType is not ("Identity" or "Cast") || node.Input.Count == 0)
            {
                return null;
            }

            name = node.Input[0];
        }

        return null;
    }

    // Also through operators that only change the shape; others may number the rows differently.
    private EmbeddingWords? FindWords(string name)
    {
        for (int step = 0; step < MostSteps && _producers.TryGetValue(name, out NodeProto? node); step++)
        {
            if (EmbeddingWords.Find(node, _layout) is EmbeddingWords words)
            {
                return words;
            }

            if (Array.IndexOf(s_reshaping, node.OpType) < 0 || node.Input.Count == 0)
            {
                return null;
            }

            name = node.Input[0];
        }

        return null;
    }
}

/// <summary>A table of vectors in an ONNX model from which a Gather selects rows.</summary>
/// <param name="Name">The name of the tensor, or of the Constant's output.</param>
/// <param name="Tensor">[rows, dimensions], of a floating-point type.</param>
/// <param name="Words">The words of the rows, if the model contains them.</param>
internal sealed record EmbeddingTable(string Name, TensorProto Tensor, EmbeddingWords? Words)
{
    /// <summary>The number of rows.</summary>
    public long Rows => Tensor.Dims[0];

    /// <summary>The number of dimensions.</summary>
    public long Dimensions => Tensor.Dims[1];
}
