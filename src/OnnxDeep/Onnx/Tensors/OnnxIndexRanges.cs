using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx;

/// <summary>Which inputs of a model are places in a stored table, such as the numbers of words, and how many rows it has.</summary>
public static class OnnxIndexRanges
{
    private const int MostSteps = 8;

    /// <summary>Reads them.</summary>
    /// <returns>By the names of inputs, the rows of the smallest table that they are looked up in.</returns>
    /// <exception cref="ModelFormatException">The file is not ONNX, or not all of it.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static IReadOnlyDictionary<string, long> Read(string path)
    {
        GraphProto graph = OnnxLayout.Read(path).Model.Graph;
        Dictionary<string, TensorProto> stored = graph.Initializer.GroupBy(tensor => tensor.Name).ToDictionary(group => group.Key, group => group.Last());
        var producers = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
            {
                producers[output] = node;
            }
        }

        var ranges = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node.Where(node => node.OpType == "Gather" && node.Input.Count == 2))
        {
            if (stored.TryGetValue(node.Input[0], out TensorProto? table) && Rows(node, table) is long rows and > 0)
            {
                string name = Trace(node.Input[1], producers);
                ranges[name] = Math.Min(rows, ranges.GetValueOrDefault(name, long.MaxValue));
            }
        }

        return ranges;
    }

    private static long? Rows(NodeProto node, TensorProto table)
    {
        long axis = node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I ?? 0;
        axis += axis < 0 ? table.Dims.Count : 0;
        return axis >= 0 && axis < table.Dims.Count ? table.Dims[(int)axis] : null;
    }

    // Back over what changes no number.
    private static string Trace(string name, Dictionary<string, NodeProto> producers)
    {
        for (int i = 0; i < MostSteps && producers.TryGetValue(name, out NodeProto? node) && node.Input.Count > 0
            && node.OpType is "Cast" or "Identity" or "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten" or "Transpose"; i++)
        {
            name = producers[name].Input[0];
        }

        return name;
    }
}
