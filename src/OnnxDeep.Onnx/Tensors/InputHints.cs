using System.Text;

using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>
/// What a model shows about its valid inputs: the texts that it knows (vocabularies of its operators and stored tensors
/// of strings), and the ranges of integers.
/// </summary>
internal static class InputHints
{
    // Enough to choose from.
    private const int MostTexts = 100_000;

    private const int MostSteps = 8;

    // The lists in which operators look up their input; other lists are output.
    private static readonly HashSet<string> s_vocabularies =
        ["keys_strings", "pool_strings", "cats_strings", "string_vocabulary"];

    /// <summary>
    /// Reads the texts in file order, without duplicates, at most 100,000; invalid UTF-8 is left out.
    /// </summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static IReadOnlyList<string> ReadTexts(string path)
    {
        GraphProto graph = OnnxLayout.Read(path).Model.Graph;
        IEnumerable<ByteString> texts = graph.Node
            .SelectMany(node => node.Attribute)
            .SelectMany(attribute => s_vocabularies.Contains(attribute.Name)
                ? attribute.Strings
                : attribute.T is { DataType: (int)OnnxElementType.String } keys && attribute.Name == "keys_tensor"
                    ? keys.StringData
                    : [])
            .Concat(graph.Initializer.SelectMany(tensor => tensor.StringData));
        return [.. texts.Select(Decode).OfType<string>().Where(text => text.Length > 0).Distinct().Take(MostTexts)];
    }

    /// <summary>
    /// Reads the ranges of integer inputs: indices into a stored table, such as word numbers, and divisors, where 0
    /// would terminate the process.
    /// </summary>
    /// <returns>
    /// By input name, the smallest number and the number after the largest; the latter is null if it is not known.
    /// </returns>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static IReadOnlyDictionary<string, (long Least, long? End)> ReadWholeRanges(string path)
    {
        GraphProto graph = OnnxLayout.Read(path).Model.Graph;
        Dictionary<string, TensorProto> stored = graph.Initializer
            .GroupBy(tensor => tensor.Name)
            .ToDictionary(group => group.Key, group => group.Last());
        var producers = new Dictionary<string, NodeProto>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
            {
                producers[output] = node;
            }
        }

        var ranges = new Dictionary<string, (long Least, long? End)>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node.Where(node => node.Input.Count == 2))
        {
            if (node.OpType is "Div" or "Mod")
            {
                string name = Trace(node.Input[1], producers);
                ranges[name] = (1, ranges.GetValueOrDefault(name).End);
            }
            else if (node.OpType == "Gather"
                && stored.TryGetValue(node.Input[0], out TensorProto? table)
                && Rows(node, table) is long rows and > 0)
            {
                string name = Trace(node.Input[1], producers);
                (long least, long? end) = ranges.GetValueOrDefault(name);
                ranges[name] = (least, Math.Min(rows, end ?? long.MaxValue));
            }
        }

        return ranges;
    }

    private static string? Decode(ByteString text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.Span);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static long? Rows(NodeProto node, TensorProto table)
    {
        long axis = node.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I ?? 0;
        axis += axis < 0 ? table.Dims.Count : 0;
        return axis >= 0 && axis < table.Dims.Count ? table.Dims[(int)axis] : null;
    }

    // Walks back through operators that do not change the numbers.
    private static string Trace(string name, Dictionary<string, NodeProto> producers)
    {
        for (int i = 0;
            i < MostSteps
            && producers.TryGetValue(name, out NodeProto? node)
            && node.Input.Count > 0
            && node.OpType is "Cast" or "Identity" or "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten" or "Transpose";
            i++)
        {
            name = producers[name].Input[0];
        }

        return name;
    }
}
